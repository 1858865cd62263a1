package dev.roster.console.layout;

import dev.roster.console.gateway.Roster;
import java.util.List;
import java.util.TreeSet;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Chooses a namespace: from the list, or by name, since a namespace exists as soon as something is put into it. */
@Controller
class NamespaceController {

    @GetMapping("/console/namespaces")
    String list(Roster roster, Model model) {
        TreeSet<String> names = new TreeSet<>(roster.listNamespaces().items());
        names.add(Shells.DEFAULT_NAMESPACE);
        model.addAttribute("namespaces", List.copyOf(names));
        return "console/layout/namespaces";
    }

    @GetMapping("/console/namespaces/go")
    String go(@RequestParam(defaultValue = "") String name, @RequestParam(defaultValue = "") String area,
            RedirectAttributes redirect) {
        String wanted = name.strip();
        if (!Shells.isNamespace(wanted)) {
            Flash.problem(redirect, "namespaces.invalid", wanted);
            return "redirect:/console/namespaces";
        }
        String page = switch (area) {
            case "services", "configs" -> "/" + area;
            default -> "";
        };
        return "redirect:/console/ns/" + wanted + page;
    }
}
