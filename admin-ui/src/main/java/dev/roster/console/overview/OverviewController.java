package dev.roster.console.overview;

import dev.roster.console.gateway.Roster;
import dev.roster.console.layout.Shell;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;

@Controller
class OverviewController {

    @GetMapping("/")
    String root() {
        return "redirect:/console";
    }

    /** Goes to the namespace that was looked at last. */
    @GetMapping("/console")
    String start(@ModelAttribute("shell") Shell shell) {
        return "redirect:/console/ns/" + shell.namespace();
    }

    @GetMapping("/console/ns/{ns}")
    String overview(@PathVariable String ns, Roster roster, Model model) {
        model.addAttribute("overview", Overview.of(roster, ns));
        return "console/overview/overview";
    }
}
