package dev.roster.console.problems;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;

/** Pages that no controller threw: refused by the security filters, or under a path that nobody answers. */
@Controller
class ProblemController {

    /** Where the filter chain forwards a request without a valid CSRF token. */
    @RequestMapping("/console/problem/refused")
    @ResponseStatus(HttpStatus.FORBIDDEN)
    String refused(Model model) {
        model.addAttribute("problem", ProblemPage.of("stale-form", 403));
        return "console/problems/problem";
    }

    /** Everything below the console except its styles and scripts; the least specific pattern of all. */
    @RequestMapping({"/console/{first:(?!assets$).*}", "/console/{first:(?!assets$).*}/**"})
    String unknown() {
        throw new NoSuchPageException();
    }
}
