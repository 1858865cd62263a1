package dev.roster.console.configs;

import dev.roster.api.config.ConfigItem;
import dev.roster.console.diff.LineDiff;
import dev.roster.console.gateway.RefusedException;
import dev.roster.console.gateway.Roster;
import dev.roster.console.gateway.Roster.ListQuery;
import dev.roster.console.layout.Flash;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** What became of an item, and what any two of its versions differ in. */
@Controller
@RequestMapping("/console/ns/{ns}/configs/{item}")
class HistoryController {
    private static final int PAGE_SIZE = 50;

    @GetMapping("/history")
    String history(@PathVariable String ns, @PathVariable String item,
            @RequestParam(required = false) @Nullable String cursor, Roster roster, Model model,
            RedirectAttributes redirect) {
        model.addAttribute("name", item);
        model.addAttribute("first", cursor == null);
        try {
            model.addAttribute("page", roster.listConfigVersions(ns, item, new ListQuery("", PAGE_SIZE, cursor)));
        } catch (RefusedException e) {
            if (cursor == null || !e.is("revision-compacted")) {
                throw e;
            }
            Flash.problem(redirect, "list.restarted");
            redirect.addAttribute("ns", ns).addAttribute("item", item);
            return "redirect:/console/ns/{ns}/configs/{item}/history";
        }
        ConfigItem current = Items.find(roster, ns, item);
        model.addAttribute("currentVersion", current == null ? 0 : current.version());
        return "console/configs/history";
    }

    @GetMapping("/compare")
    String compare(@PathVariable String ns, @PathVariable String item, @RequestParam long from, @RequestParam long to,
            @RequestParam(defaultValue = "unified") String view, Roster roster, Model model) {
        ConfigItem before = roster.getConfigVersion(ns, item, from);
        ConfigItem after = roster.getConfigVersion(ns, item, to);
        model.addAttribute("name", item);
        model.addAttribute("before", before);
        model.addAttribute("after", after);
        model.addAttribute("diff",
                new DiffView(LineDiff.between(before.content(), after.content()), "split".equals(view)));
        return "console/configs/compare";
    }
}
