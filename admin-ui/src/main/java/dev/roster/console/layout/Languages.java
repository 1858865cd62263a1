package dev.roster.console.layout;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.servlet.LocaleResolver;
import org.springframework.web.servlet.i18n.CookieLocaleResolver;

/** The languages of the console: what the user chose, else what the browser prefers, else English. */
public final class Languages {
    /** Every language that has messages, the fallback first. */
    static final List<Locale> SUPPORTED = List.of(Locale.ENGLISH, Locale.CHINESE);
    static final Duration COOKIE_AGE = Duration.ofDays(365);

    private Languages() {}

    /** Keeps the choice in a cookie. */
    public static LocaleResolver resolver() {
        CookieLocaleResolver resolver = new SupportedOnly();
        resolver.setCookieMaxAge(COOKIE_AGE);
        resolver.setCookieHttpOnly(true);
        resolver.setCookieSameSite("Strict");
        resolver.setDefaultLocaleFunction(Languages::preferred);
        return resolver;
    }

    /** The language with this tag, if there are messages in it. */
    static Optional<Locale> find(String tag) {
        return SUPPORTED.stream().filter(language -> language.toLanguageTag().equals(tag)).findFirst();
    }

    private static Locale preferred(HttpServletRequest request) {
        String header = request.getHeader(HttpHeaders.ACCEPT_LANGUAGE);
        if (header == null) {
            return SUPPORTED.getFirst();
        }
        try {
            Locale found = Locale.lookup(Locale.LanguageRange.parse(header), SUPPORTED);
            return found == null ? SUPPORTED.getFirst() : found;
        } catch (IllegalArgumentException e) {
            return SUPPORTED.getFirst();
        }
    }

    /** Takes no cookie for a language without messages. */
    private static final class SupportedOnly extends CookieLocaleResolver {
        SupportedOnly() {
            super("ROSTER_LANGUAGE");
        }

        @Override
        protected @Nullable Locale parseLocaleValue(String value) {
            return find(value).orElse(null);
        }
    }
}
