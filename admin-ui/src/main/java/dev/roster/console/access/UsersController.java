package dev.roster.console.access;

import dev.roster.api.security.Role;
import dev.roster.api.security.User;
import dev.roster.api.security.UserRequest;
import dev.roster.console.access.SecretsChoice.Scope;
import dev.roster.console.gateway.RefusedException;
import dev.roster.console.gateway.Roster;
import dev.roster.console.gateway.Roster.ListQuery;
import dev.roster.console.layout.Flash;
import dev.roster.console.session.ConsoleUser;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
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
@RequestMapping("/console/users")
class UsersController {
    private static final String LIST = "redirect:/console/users";
    private static final String USER = "redirect:/console/users/{name}";
    private static final int PAGE_SIZE = 100;

    @ModelAttribute("roles")
    Role[] roles() {
        return Role.values();
    }

    @ModelAttribute("scopes")
    Scope[] scopes() {
        return Scope.values();
    }

    @GetMapping
    String list(@RequestParam(required = false) @Nullable String cursor, ConsoleUser user, Roster roster,
            Model model) {
        user.require(Role.ADMIN);
        return page(roster, cursor, model);
    }

    @PostMapping
    String create(@RequestParam String name, @RequestParam Role role, @RequestParam String password, Roster roster,
            Model model, HttpServletResponse response, RedirectAttributes redirect) {
        String wanted = name.strip();
        try {
            if (find(roster, wanted).isPresent()) {
                // PUT would change that user, which is not what this form says.
                return refused(Flaw.of("name", "users.flaw.exists"), wanted, role, roster, model, response);
            }
            roster.putUser(wanted, new UserRequest(role, password));
        } catch (RefusedException e) {
            return refused(Flaw.of(e, "name"), wanted, role, roster, model, response);
        }
        Flash.done(redirect, "users.created", wanted);
        return LIST;
    }

    @GetMapping("/{name}")
    String user(@PathVariable String name, ConsoleUser user, Roster roster, Model model,
            HttpServletResponse response) {
        user.require(Role.ADMIN);
        return page("console/access/user", name, roster, model, response);
    }

    @PostMapping("/{name}/role")
    String changeRole(@PathVariable String name, @RequestParam Role role, Roster roster, RedirectAttributes redirect) {
        return changed(name, new UserRequest(role, null), "users.role-changed", roster, redirect);
    }

    @PostMapping("/{name}/password")
    String changePassword(@PathVariable String name, @RequestParam String password, Roster roster,
            RedirectAttributes redirect) {
        return changed(name, new UserRequest(null, password), "users.password-changed", roster, redirect);
    }

    @PostMapping("/{name}/secrets")
    String changeSecrets(@PathVariable String name, @RequestParam Scope secrets,
            @RequestParam(defaultValue = "") String namespaces, Roster roster, RedirectAttributes redirect) {
        SecretsChoice choice = new SecretsChoice(secrets, namespaces.strip());
        redirect.addFlashAttribute("choice", choice);
        Flaw flaw = choice.flaw();
        if (flaw != null) {
            redirect.addAttribute("name", name);
            redirect.addFlashAttribute("flaw", flaw);
            return USER;
        }
        UserRequest request = new UserRequest(null, null, choice.everywhere(), choice.names());
        return changed(name, request, "users.secrets-changed", roster, redirect);
    }

    @GetMapping("/{name}/delete")
    String confirmDeletion(@PathVariable String name, ConsoleUser user, Roster roster, Model model,
            HttpServletResponse response) {
        user.require(Role.ADMIN);
        return page("console/access/user-delete", name, roster, model, response);
    }

    @PostMapping("/{name}/delete")
    String delete(@PathVariable String name, Roster roster, RedirectAttributes redirect) {
        try {
            roster.deleteUser(name);
        } catch (RefusedException e) {
            if (e.is("conflict")) {
                Flash.problem(redirect, "users.last-admin");
                return LIST;
            }
            if (!e.is("user-not-found")) {
                throw e;
            }
        }
        Flash.done(redirect, "users.deleted", name);
        return LIST;
    }

    private static String page(Roster roster, @Nullable String cursor, Model model) {
        model.addAttribute("page", roster.listUsers(new ListQuery("", PAGE_SIZE, cursor)));
        model.addAttribute("first", cursor == null);
        return "console/access/users";
    }

    private static String page(String view, String name, Roster roster, Model model, HttpServletResponse response) {
        model.addAttribute("name", name);
        Optional<User> found = find(roster, name);
        if (found.isEmpty()) {
            response.setStatus(404);
            return "console/access/user-gone";
        }
        model.addAttribute("subject", found.get());
        if (!model.containsAttribute("flaw") || !model.containsAttribute("choice")) {
            model.addAttribute("choice", SecretsChoice.of(found.get()));
        }
        return view;
    }

    private static String refused(Flaw flaw, String name, Role role, Roster roster, Model model,
            HttpServletResponse response) {
        response.setStatus(400);
        model.addAttribute("flaw", flaw);
        model.addAttribute("name", name);
        model.addAttribute("role", role);
        return page(roster, null, model);
    }

    private static String changed(String name, UserRequest request, String message, Roster roster,
            RedirectAttributes redirect) {
        redirect.addAttribute("name", name);
        try {
            roster.putUser(name, request);
            Flash.done(redirect, message, name);
        } catch (RefusedException e) {
            if (e.is("conflict")) {
                Flash.problem(redirect, "users.last-admin");
            } else if (e.is("invalid-argument")) {
                redirect.addFlashAttribute("flaw", Flaw.of(e, "password"));
            } else {
                throw e;
            }
        }
        return USER;
    }

    private static Optional<User> find(Roster roster, String name) {
        ListQuery query = new ListQuery("", ListQuery.MAX_LIMIT, null);
        while (true) {
            var page = roster.listUsers(query);
            Optional<User> found = page.items().stream().filter(user -> user.name().equals(name)).findFirst();
            if (found.isPresent() || page.nextCursor() == null) {
                return found;
            }
            query = query.after(page.nextCursor());
        }
    }
}
