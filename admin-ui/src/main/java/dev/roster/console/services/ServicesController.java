package dev.roster.console.services;

import dev.roster.console.gateway.RefusedException;
import dev.roster.console.gateway.Roster;
import dev.roster.console.gateway.Roster.ListQuery;
import dev.roster.console.layout.Flash;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

@Controller
class ServicesController {
    private static final int PAGE_SIZE = 100;

    @GetMapping("/console/ns/{ns}/services")
    String list(@PathVariable String ns, @RequestParam(defaultValue = "") String prefix,
            @RequestParam(required = false) @Nullable String cursor, Roster roster, Model model,
            RedirectAttributes redirect) {
        String start = prefix.strip();
        model.addAttribute("prefix", start);
        model.addAttribute("first", cursor == null);
        try {
            model.addAttribute("page", roster.listServices(ns, new ListQuery(start, PAGE_SIZE, cursor)));
        } catch (RefusedException e) {
            if (cursor == null || !e.is("revision-compacted")) {
                throw e;
            }
            // A list that was left open for long: its revision is gone, its beginning is not.
            Flash.problem(redirect, "list.restarted");
            redirect.addAttribute("ns", ns).addAttribute("prefix", start);
            return "redirect:/console/ns/{ns}/services";
        }
        return "console/services/list";
    }

    @GetMapping("/console/ns/{ns}/services/{service}")
    String service(@PathVariable String ns, @PathVariable String service,
            @RequestParam(defaultValue = "") String filter, @RequestParam(defaultValue = "1") int page, Roster roster,
            Model model, HttpServletResponse response) {
        model.addAttribute("name", service);
        try {
            model.addAttribute("instances",
                    InstancePage.of(roster.getService(ns, service).instances(), filter.strip(), page));
        } catch (RefusedException e) {
            if (!e.is("service-not-found")) {
                throw e;
            }
            response.setStatus(HttpStatus.NOT_FOUND.value());
            return "console/services/gone";
        }
        return "console/services/service";
    }
}
