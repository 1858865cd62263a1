package dev.roster.console.layout;

import dev.roster.console.session.Destination;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.LocaleResolver;

/** Language and theme; both are cookies, so that they hold before signing in and need no server. */
@Controller
class PreferencesController {
    private final LocaleResolver languages;

    PreferencesController(LocaleResolver languages) {
        this.languages = languages;
    }

    @PostMapping("/console/preferences")
    String change(@RequestParam(required = false) @Nullable String language,
            @RequestParam(required = false) @Nullable String theme, @RequestParam(required = false) @Nullable String to,
            HttpServletRequest request, HttpServletResponse response) {
        if (language != null) {
            Languages.find(language).ifPresent(found -> languages.setLocale(request, response, found));
        }
        if (theme != null) {
            response.addHeader(HttpHeaders.SET_COOKIE, Theme.named(theme).cookie(request).toString());
        }
        return "redirect:" + Destination.checkedForStrangers(to);
    }
}
