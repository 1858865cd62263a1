package dev.roster.console.configs;

import dev.roster.api.config.ConfigFormat;
import dev.roster.api.config.ConfigItem;
import dev.roster.api.security.Role;
import dev.roster.console.diff.LineDiff;
import dev.roster.console.gateway.GatewayException;
import dev.roster.console.gateway.RefusedException;
import dev.roster.console.gateway.Roster;
import dev.roster.console.gateway.ServerAwayException;
import dev.roster.console.layout.Flash;
import dev.roster.console.session.ConsoleUser;
import jakarta.servlet.http.HttpServletResponse;
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

/**
 * Edit, review, publish. The text is in the form on each of the three pages; the review compares it with what is current at that
 * moment, and publishing names that version, so that nobody overwrites what they have not seen.
 */
@Controller
@RequestMapping("/console/ns/{ns}/editor")
class EditorController {
    private static final String EDITOR = "console/configs/editor";

    @ModelAttribute("formats")
    ConfigFormat[] formats() {
        return ConfigFormat.values();
    }

    @GetMapping
    String open(@PathVariable String ns, @RequestParam(defaultValue = "") String item,
            @RequestParam(defaultValue = "") String name, @RequestParam(required = false) @Nullable Long version,
            ConsoleUser user, Roster roster, Model model) {
        user.require(Role.EDITOR);
        if (item.isEmpty()) {
            return editor(EditForm.empty(name), model);
        }
        ConfigItem current = Items.findForEditing(roster, ns, item);
        long base = current == null ? 0 : current.version();
        // A version may be given as the text to begin with, also when the item was deleted since.
        ConfigItem text = version == null ? current : roster.getConfigVersionForEditing(ns, item, version);
        return editor(text == null ? EditForm.empty(item) : EditForm.of(text, base), model);
    }

    /** Back from the review or the conflict, with the text. */
    @PostMapping
    String again(EditForm form, Model model) {
        return editor(form, model);
    }

    @PostMapping("/review")
    String review(@PathVariable String ns, EditForm form, @RequestParam(defaultValue = "unified") String view,
            ConsoleUser user, Roster roster, Model model, HttpServletResponse response) {
        user.require(Role.EDITOR);
        if (form.name().isEmpty()) {
            return refused(EditFlaw.of("name", "editor.flaw.name"), form, model, response, 400);
        }
        try {
            ConfigItem current = Items.findForEditing(roster, ns, form.name());
            if ((current == null ? 0 : current.version()) != form.base()) {
                return stale(ns, form, current, roster, model, response);
            }
            return review(form.on(current), current, view, model);
        } catch (GatewayException e) {
            return refused(e, form, model, response);
        }
    }

    @PostMapping("/publish")
    String publish(@PathVariable String ns, EditForm form, Roster roster, Model model, HttpServletResponse response,
            RedirectAttributes redirect) {
        try {
            ConfigItem present = form.base() == 0 ? null : Items.findForEditing(roster, ns, form.name());
            ConfigItem published = roster.publish(ns, form.name(), form.on(present).request(), form.base());
            Flash.done(redirect, "editor.published", published.name(), Long.toString(published.version()));
            redirect.addAttribute("ns", ns).addAttribute("item", published.name());
            return "redirect:/console/ns/{ns}/configs/{item}";
        } catch (RefusedException e) {
            if (Items.isStale(e)) {
                return stale(ns, form, Items.findForEditing(roster, ns, form.name()), roster, model, response);
            }
            return refused(e, form, model, response);
        } catch (ServerAwayException e) {
            return refused(e, form, model, response);
        }
    }

    private static String editor(EditForm form, Model model) {
        model.addAttribute("form", form);
        return EDITOR;
    }

    private static String review(EditForm form, @Nullable ConfigItem current, String view, Model model) {
        LineDiff diff = LineDiff.between(current == null ? "" : current.content(), form.content());
        boolean sameFormat = current != null && current.format() == form.format();
        model.addAttribute("form", form);
        model.addAttribute("diff", new DiffView(diff, "split".equals(view)));
        model.addAttribute("unchanged", sameFormat && diff.isEmpty());
        if (current != null && !sameFormat) {
            model.addAttribute("formerFormat", current.format());
        }
        return "console/configs/review";
    }

    /** Somebody else was faster: shows what they did, and lets the user go on with the text. */
    private static String stale(String ns, EditForm form, @Nullable ConfigItem current, Roster roster, Model model,
            HttpServletResponse response) {
        response.setStatus(409);
        String base = form.base() == 0 ? "" : Items.contentOf(roster, ns, form.name(), form.base());
        model.addAttribute("form", form.on(current));
        model.addAttribute("base", form.base());
        if (current != null) {
            model.addAttribute("current", current);
            model.addAttribute("diff", new DiffView(LineDiff.between(base, current.content()), false));
        }
        return "console/configs/stale";
    }

    private static String refused(GatewayException e, EditForm form, Model model, HttpServletResponse response) {
        return switch (e) {
            case ServerAwayException away -> refused(
                    EditFlaw.of(null, away.outcomeUnknown() ? "editor.flaw.outcome-unknown" : "editor.flaw.away"), form,
                    model, response, 503);
            case RefusedException refused when refused.status() == 401 || refused.status() == 403 -> throw refused;
            case RefusedException refused when refused.status() == 503 -> refused(
                    EditFlaw.of(null,
                            "unknown".equals(refused.problem().outcome())
                                    ? "editor.flaw.outcome-unknown"
                                    : "editor.flaw.away"),
                    form, model, response, 503);
            case RefusedException refused ->
                refused(EditFlaw.of(refused.problem()), form, model, response, refused.status());
        };
    }

    private static String refused(EditFlaw flaw, EditForm form, Model model, HttpServletResponse response, int status) {
        response.setStatus(status);
        model.addAttribute("flaw", flaw);
        model.addAttribute("excerpt", Excerpt.of(form.content(), flaw.line(), flaw.column()));
        return editor(form, model);
    }
}
