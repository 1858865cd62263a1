package dev.roster.console.configs;

import dev.roster.api.config.ConfigItem;
import dev.roster.api.config.RollbackRequest;
import dev.roster.api.security.Role;
import dev.roster.console.diff.LineDiff;
import dev.roster.console.gateway.RefusedException;
import dev.roster.console.gateway.Roster;
import dev.roster.console.layout.Flash;
import dev.roster.console.session.ConsoleUser;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Publishing an earlier version again, and deleting: each after a page that says what it will do. */
@Controller
@RequestMapping("/console/ns/{ns}/configs/{item}")
class RollbackController {
    private static final String ITEM = "redirect:/console/ns/{ns}/configs/{item}";

    @GetMapping("/rollback")
    String preview(@PathVariable String ns, @PathVariable String item, @RequestParam long to,
            @RequestParam(defaultValue = "unified") String view, ConsoleUser user, Roster roster, Model model) {
        user.require(Role.EDITOR);
        ConfigItem current = roster.getConfig(ns, item);
        ConfigItem target = roster.getConfigVersion(ns, item, to);
        model.addAttribute("name", item);
        model.addAttribute("current", current);
        model.addAttribute("target", target);
        model.addAttribute("diff",
                new DiffView(LineDiff.between(current.content(), target.content()), "split".equals(view)));
        return "console/configs/rollback";
    }

    @PostMapping("/rollback")
    String rollBack(@PathVariable String ns, @PathVariable String item, @RequestParam long to, @RequestParam long base,
            @RequestParam(defaultValue = "") String comment, Roster roster, RedirectAttributes redirect) {
        redirect.addAttribute("ns", ns).addAttribute("item", item);
        try {
            String reason = comment.strip();
            ConfigItem published = roster.rollBack(ns, item, new RollbackRequest(to, reason.isEmpty() ? null : reason),
                    base);
            Flash.done(redirect, "rollback.done", Long.toString(to), Long.toString(published.version()));
            return ITEM;
        } catch (RefusedException e) {
            if (!Items.isStale(e)) {
                throw e;
            }
            Flash.problem(redirect, "rollback.stale");
            redirect.addAttribute("to", to);
            return e.is("config-not-found") ? ITEM : "redirect:/console/ns/{ns}/configs/{item}/rollback";
        }
    }

    @GetMapping("/delete")
    String confirmDeletion(@PathVariable String ns, @PathVariable String item, ConsoleUser user, Roster roster,
            Model model) {
        user.require(Role.EDITOR);
        model.addAttribute("name", item);
        model.addAttribute("item", roster.getConfig(ns, item));
        return "console/configs/delete";
    }

    @PostMapping("/delete")
    String delete(@PathVariable String ns, @PathVariable String item, @RequestParam long base, Roster roster,
            RedirectAttributes redirect) {
        redirect.addAttribute("ns", ns);
        try {
            roster.deleteConfig(ns, item, base);
            Flash.done(redirect, "delete.done", item);
            return "redirect:/console/ns/{ns}/configs";
        } catch (RefusedException e) {
            if (e.is("config-not-found") || !Items.isStale(e)) {
                throw e;
            }
            Flash.problem(redirect, "delete.stale");
            redirect.addAttribute("item", item);
            return "redirect:/console/ns/{ns}/configs/{item}/delete";
        }
    }
}
