package dev.roster.console.account;

import dev.roster.api.security.IssuedToken;
import dev.roster.api.security.UserRequest;
import dev.roster.console.gateway.AccessToken;
import dev.roster.console.gateway.Gateway;
import dev.roster.console.gateway.RefusedException;
import dev.roster.console.gateway.Roster;
import dev.roster.console.layout.Flash;
import dev.roster.console.session.ConsoleUser;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

@Controller
class AccountController {
    private static final String VIEW = "console/account/account";
    /** The token by which the present password is checked lives for a moment; it is revoked as well. */
    private static final Duration PROOF_TTL = Duration.ofMinutes(1);

    private final Gateway gateway;

    AccountController(Gateway gateway) {
        this.gateway = gateway;
    }

    @GetMapping("/console/account")
    String page() {
        return VIEW;
    }

    @PostMapping("/console/account/password")
    String changePassword(@RequestParam String current, @RequestParam String password, @RequestParam String repeated,
            ConsoleUser user, Roster roster, Model model, HttpServletResponse response, RedirectAttributes redirect) {
        PasswordFlaw flaw = flaw(current, password, repeated, user, roster);
        if (flaw != null) {
            response.setStatus(flaw.status());
            model.addAttribute("flaw", flaw);
            return VIEW;
        }
        Flash.done(redirect, "account.password.changed");
        return "redirect:/console/account";
    }

    private @Nullable PasswordFlaw flaw(String current, String password, String repeated, ConsoleUser user,
            Roster roster) {
        if (!password.equals(repeated)) {
            return PasswordFlaw.REPEATED;
        }
        try {
            // Whoever finds an open browser must not be able to take the account over.
            IssuedToken proof = gateway.signIn(user.name(), current, PROOF_TTL);
            gateway.as(new AccessToken(proof.secret())).revokeOwnToken();
        } catch (RefusedException e) {
            switch (e.status()) {
                case 400, 401 -> {
                    return PasswordFlaw.CURRENT;
                }
                case 429 -> {
                    return PasswordFlaw.THROTTLED;
                }
                default -> throw e;
            }
        }
        try {
            roster.putUser(user.name(), new UserRequest(null, password));
        } catch (RefusedException e) {
            if (e.is("invalid-argument")) {
                return PasswordFlaw.PASSWORD;
            }
            throw e;
        }
        return null;
    }
}
