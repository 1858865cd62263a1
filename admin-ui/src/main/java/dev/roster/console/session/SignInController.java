package dev.roster.console.session;

import dev.roster.console.gateway.Gateway;
import dev.roster.console.gateway.GatewayException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.web.WebAttributes;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestParam;

/** The sign-in page. The form itself is answered by Spring Security; only a failure comes back here. */
@Controller
class SignInController {
    static final String PAGE = "/console/sign-in";
    static final String FAILED = "/console/sign-in/failed";
    private static final String VIEW = "console/session/sign-in";

    private final Gateway gateway;

    SignInController(Gateway gateway) {
        this.gateway = gateway;
    }

    @GetMapping(PAGE)
    String page(@AuthenticationPrincipal @Nullable ConsoleUser user,
            @RequestParam(required = false) @Nullable String to,
            Model model) {
        if (user != null) {
            return "redirect:" + Destination.checked(to);
        }
        model.addAttribute("to", Destination.checked(to));
        model.addAttribute("open", isOpen());
        return VIEW;
    }

    @PostMapping(FAILED)
    String failed(@RequestAttribute(WebAttributes.AUTHENTICATION_EXCEPTION) AuthenticationException failure,
            @RequestParam(required = false) @Nullable String to,
            @RequestParam(name = "username", defaultValue = "") String name, HttpServletRequest request,
            HttpServletResponse response, Model model) {
        switch (failure) {
            case SignInThrottledException throttled -> {
                long seconds = Math.max(1, throttled.retryAfter().toSeconds());
                response.setStatus(HttpStatus.TOO_MANY_REQUESTS.value());
                response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(seconds));
                model.addAttribute("problem", "throttled");
                model.addAttribute("seconds", seconds);
            }
            case AuthenticationServiceException _ -> {
                response.setStatus(HttpStatus.SERVICE_UNAVAILABLE.value());
                model.addAttribute("problem", "away");
            }
            default -> {
                response.setStatus(HttpStatus.UNAUTHORIZED.value());
                model.addAttribute("problem", "wrong");
            }
        }
        model.addAttribute("to", Destination.checked(to));
        model.addAttribute("name", name);
        return VIEW;
    }

    private boolean isOpen() {
        try {
            return gateway.anonymous().isPresent();
        } catch (GatewayException e) {
            return false;
        }
    }
}
