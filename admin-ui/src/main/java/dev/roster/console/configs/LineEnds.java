package dev.roster.console.configs;

import dev.roster.api.config.ConfigItem;
import org.jspecify.annotations.Nullable;

/**
 * Undoes what browsers do to text: a form sends every line end as CR LF (HTML, "constructing the entry list"), which would
 * make each publication from the console change every line.
 */
final class LineEnds {
    private LineEnds() {}

    /** {@code text} with CR LF at every line end if the present version has that throughout, else with LF. */
    static String like(@Nullable ConfigItem present, String text) {
        String plain = text.replace("\r\n", "\n").replace('\r', '\n');
        return present != null && hasCrLfThroughout(present.content()) ? plain.replace("\n", "\r\n") : plain;
    }

    private static boolean hasCrLfThroughout(String text) {
        return text.contains("\r\n") && text.replace("\r\n", "").chars().noneMatch(c -> c == '\n' || c == '\r');
    }
}
