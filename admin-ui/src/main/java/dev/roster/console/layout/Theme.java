package dev.roster.console.layout;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import org.springframework.http.ResponseCookie;
import org.springframework.web.util.WebUtils;

/** Light, dark, or as the system says. */
enum Theme {
    AUTO, LIGHT, DARK;

    private static final String COOKIE = "ROSTER_THEME";

    /** The theme that the browser asks for. */
    static Theme of(HttpServletRequest request) {
        Cookie cookie = WebUtils.getCookie(request, COOKIE);
        return cookie == null ? AUTO : named(cookie.getValue());
    }

    /** The theme of this name, {@code AUTO} if there is none. */
    static Theme named(String name) {
        return Arrays.stream(values()).filter(theme -> theme.key().equals(name)).findFirst().orElse(AUTO);
    }

    /** The name in pages, cookies and messages. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    ResponseCookie cookie(HttpServletRequest request) {
        return ResponseCookie.from(COOKIE, key()).path("/").httpOnly(true).secure(request.isSecure())
                .sameSite("Strict").maxAge(this == AUTO ? Duration.ZERO : Languages.COOKIE_AGE).build();
    }
}
