package dev.roster.console.layout;

import java.util.List;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * A message for the page after the redirect.
 *
 * @param kind how it went
 * @param key of the message
 * @param arguments of the message
 */
public record Flash(Kind kind, String key, List<Object> arguments) {
    private static final String ATTRIBUTE = "flash";

    public Flash {
        arguments = List.copyOf(arguments);
    }

    /** How it went. */
    public enum Kind {
        DONE, PROBLEM
    }

    /** Says that something was done. */
    public static void done(RedirectAttributes redirect, String key, Object... arguments) {
        redirect.addFlashAttribute(ATTRIBUTE, new Flash(Kind.DONE, key, List.of(arguments)));
    }

    /** Says that something could not be done. */
    public static void problem(RedirectAttributes redirect, String key, Object... arguments) {
        redirect.addFlashAttribute(ATTRIBUTE, new Flash(Kind.PROBLEM, key, List.of(arguments)));
    }

    /** The arguments as message templates take them. */
    public Object[] array() {
        return arguments.toArray();
    }
}
