package dev.roster.console.session;

import jakarta.servlet.http.HttpServletRequest;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where to go on after a detour (signing in, switching the language), given by the browser and therefore checked: only pages of the
 * console, never another site.
 */
public final class Destination {
    /** Where everybody starts. */
    public static final String START = "/console";
    /** A path of the console without steps upwards, with a query perhaps; printable ASCII without what Spring or browsers read as more than text: backslash, braces, bar. */
    private static final Pattern PAGE = Pattern.compile("(?![^?]*/\\.)/console(?:[/?][!-\\[\\]-z~]*)?");
    private static final Pattern DETOUR = Pattern.compile("/console/(?:sign-|preferences).*");

    private Destination() {}

    /** {@code wanted} if it is a page of the console, else the start. */
    public static String checked(@Nullable String wanted) {
        return wanted != null && PAGE.matcher(wanted).matches() && !DETOUR.matcher(wanted).matches() ? wanted : START;
    }

    /** {@code wanted} if it is a page of the console, the sign-in page included, else the start. */
    public static String checkedForStrangers(@Nullable String wanted) {
        return wanted != null && PAGE.matcher(wanted).matches() ? wanted : START;
    }

    /** The page that {@code request} asks for; the start if it is not one that can be asked for again. */
    public static String of(HttpServletRequest request) {
        if (!"GET".equals(request.getMethod())) {
            return START;
        }
        String path = request.getRequestURI().substring(request.getContextPath().length());
        return checked(request.getQueryString() == null ? path : path + "?" + request.getQueryString());
    }
}
