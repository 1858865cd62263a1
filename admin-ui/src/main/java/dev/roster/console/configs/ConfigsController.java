package dev.roster.console.configs;

import dev.roster.api.Page;
import dev.roster.api.config.ConfigItem;
import dev.roster.api.config.ConfigVersion;
import dev.roster.console.gateway.RefusedException;
import dev.roster.console.gateway.Roster;
import dev.roster.console.gateway.Roster.ListQuery;
import dev.roster.console.layout.Flash;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The list of items, an item, one of its versions. */
@Controller
@RequestMapping("/console/ns/{ns}/configs")
class ConfigsController {
    private static final int PAGE_SIZE = 100;

    @GetMapping
    String list(@PathVariable String ns, @RequestParam(defaultValue = "") String prefix,
            @RequestParam(required = false) @Nullable String cursor, Roster roster, Model model,
            RedirectAttributes redirect) {
        String start = prefix.strip();
        model.addAttribute("prefix", start);
        model.addAttribute("first", cursor == null);
        try {
            model.addAttribute("page", roster.listConfigs(ns, new ListQuery(start, PAGE_SIZE, cursor)));
        } catch (RefusedException e) {
            if (cursor == null || !e.is("revision-compacted")) {
                throw e;
            }
            // A list that was left open for long: its revision is gone, its beginning is not.
            Flash.problem(redirect, "list.restarted");
            redirect.addAttribute("ns", ns).addAttribute("prefix", start);
            return "redirect:/console/ns/{ns}/configs";
        }
        return "console/configs/list";
    }

    @GetMapping("/{item}")
    String current(@PathVariable String ns, @PathVariable String item, Roster roster, Model model,
            HttpServletResponse response) {
        model.addAttribute("name", item);
        try {
            ConfigItem shown = roster.getConfig(ns, item);
            model.addAttribute("item", shown);
            model.addAttribute("listing", Listing.of(shown.content()));
            model.addAttribute("current", true);
        } catch (RefusedException e) {
            if (!e.is("config-not-found")) {
                throw e;
            }
            response.setStatus(HttpStatus.NOT_FOUND.value());
            lastVersion(roster, ns, item).ifPresent(last -> model.addAttribute("last", last));
            return "console/configs/gone";
        }
        return "console/configs/item";
    }

    @GetMapping("/{item}/versions/{version}")
    String version(@PathVariable String ns, @PathVariable String item, @PathVariable long version, Roster roster,
            Model model) {
        ConfigItem shown = roster.getConfigVersion(ns, item, version);
        model.addAttribute("name", item);
        model.addAttribute("item", shown);
        model.addAttribute("listing", Listing.of(shown.content()));
        model.addAttribute("current", false);
        ConfigItem current = Items.find(roster, ns, item);
        model.addAttribute("currentVersion", current == null ? 0 : current.version());
        return "console/configs/item";
    }

    /** The content of a version as a file, byte for byte. */
    @GetMapping("/{item}/versions/{version}/content")
    ResponseEntity<byte[]> content(@PathVariable String ns, @PathVariable String item, @PathVariable long version,
            Roster roster) {
        ConfigItem shown = roster.getConfigVersion(ns, item, version);
        String fileName = "%s.v%d.%s".formatted(item, version, switch (shown.format()) {
            case YAML -> "yaml";
            case PROPERTIES, JSON, TOML, XML -> shown.format().name().toLowerCase(Locale.ROOT);
            case TEXT -> "txt";
        });
        return ResponseEntity.ok().contentType(new MediaType(MediaType.TEXT_PLAIN, StandardCharsets.UTF_8))
                .header(HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment().filename(fileName).build().toString())
                .body(shown.content().getBytes(StandardCharsets.UTF_8));
    }

    private static Optional<ConfigVersion> lastVersion(Roster roster, String ns, String item) {
        try {
            Page<ConfigVersion> versions = roster.listConfigVersions(ns, item, new ListQuery("", 1, null));
            return versions.items().stream().findFirst();
        } catch (RefusedException e) {
            if (e.status() == HttpStatus.NOT_FOUND.value()) {
                return Optional.empty();
            }
            throw e;
        }
    }
}
