package dev.roster.console.access;

import dev.roster.api.security.Role;
import dev.roster.api.security.TokenRequest;
import dev.roster.console.access.SecretsChoice.Scope;
import dev.roster.console.gateway.RefusedException;
import dev.roster.console.gateway.Roster;
import dev.roster.console.gateway.Roster.ListQuery;
import dev.roster.console.layout.Flash;
import dev.roster.console.session.ConsoleUser;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

@Controller
@RequestMapping("/console/tokens")
class TokensController {
    private static final int PAGE_SIZE = 100;
    private static final List<Duration> LIFETIMES = List.of(Duration.ofHours(1), Duration.ofHours(12),
            Duration.ofDays(7), Duration.ofDays(30), Duration.ofDays(90), Duration.ofDays(366));
    private static final Duration DEFAULT_LIFETIME = Duration.ofDays(30);

    @ModelAttribute("lifetimes")
    List<Duration> lifetimes() {
        return LIFETIMES;
    }

    @ModelAttribute("scopes")
    Scope[] scopes() {
        return Scope.values();
    }

    /** A token may do at most what its maker may. */
    @ModelAttribute("roles")
    List<Role> roles(ConsoleUser user) {
        return Arrays.stream(Role.values()).filter(user::may).toList();
    }

    @GetMapping
    String list(@RequestParam(required = false) @Nullable String cursor, Roster roster, Model model) {
        model.addAttribute("lifetime", DEFAULT_LIFETIME);
        model.addAttribute("choice", SecretsChoice.NONE);
        return page(roster, cursor, model);
    }

    @PostMapping
    String issue(@RequestParam String description, @RequestParam Role role, @RequestParam Duration lifetime,
            @RequestParam(defaultValue = "NONE") Scope secrets, @RequestParam(defaultValue = "") String namespaces,
            Roster roster, Model model, HttpServletResponse response, RedirectAttributes redirect) {
        String purpose = description.strip();
        SecretsChoice choice = new SecretsChoice(secrets, namespaces.strip());
        Flaw flaw = choice.flaw();
        if (flaw == null) {
            try {
                redirect.addFlashAttribute("issued", roster.issueToken(
                        new TokenRequest(purpose, role, lifetime, choice.everywhere(), choice.names())));
                return "redirect:/console/tokens";
            } catch (RefusedException e) {
                flaw = Flaw.of(e, "description");
            }
        }
        response.setStatus(400);
        model.addAttribute("flaw", flaw);
        model.addAttribute("description", purpose);
        model.addAttribute("role", role);
        model.addAttribute("lifetime", lifetime);
        model.addAttribute("choice", choice);
        return page(roster, null, model);
    }

    @GetMapping("/{id}/revoke")
    String confirmRevocation(@PathVariable String id, @RequestParam(defaultValue = "") String description,
            Model model) {
        model.addAttribute("id", id);
        model.addAttribute("description", description);
        return "console/access/token-revoke";
    }

    @PostMapping("/{id}/revoke")
    String revoke(@PathVariable String id, Roster roster, RedirectAttributes redirect) {
        try {
            roster.revokeToken(id);
        } catch (RefusedException e) {
            if (!e.is("token-not-found")) {
                throw e;
            }
        }
        Flash.done(redirect, "tokens.revoked");
        return "redirect:/console/tokens";
    }

    private static String page(Roster roster, @Nullable String cursor, Model model) {
        model.addAttribute("page", roster.listTokens(new ListQuery("", PAGE_SIZE, cursor)));
        model.addAttribute("first", cursor == null);
        return "console/access/tokens";
    }
}
