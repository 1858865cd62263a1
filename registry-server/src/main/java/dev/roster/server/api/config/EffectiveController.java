package dev.roster.server.api.config;

import dev.roster.api.config.ConfigComparison;
import dev.roster.api.config.EffectiveConfig;
import dev.roster.server.config.ItemKey;
import dev.roster.server.config.ItemName;
import dev.roster.server.config.SecretForm;
import dev.roster.server.config.effective.Comparison;
import dev.roster.server.config.effective.EffectiveConfigs;
import dev.roster.server.config.effective.Target;
import dev.roster.server.feed.ReadFence;
import dev.roster.server.security.Caller;
import dev.roster.server.security.NamespaceName;
import dev.roster.server.security.Role;
import dev.roster.server.web.ProblemException;
import dev.roster.server.web.ReadOptions;
import dev.roster.server.web.RequiresRole;
import dev.roster.server.web.RevisionHeader;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What configuration means to an application, and how it differs from another. */
@RestController
@RequestMapping("/api/v1/namespaces/{namespace}")
final class EffectiveController {
    private static final int MAX_PREFIX_CHARACTERS = 200;

    private final EffectiveConfigs configs;
    private final ReadFence fence;

    EffectiveController(EffectiveConfigs configs, ReadFence fence) {
        this.configs = configs;
        this.fence = fence;
    }

    @GetMapping("/effective-config")
    @RequiresRole(Role.READER)
    ResponseEntity<EffectiveConfig> get(Caller caller, @PathVariable String namespace,
            @RequestParam String application, @RequestParam(defaultValue = "") String profiles,
            @RequestParam(defaultValue = "") String prefix,
            @RequestParam(required = false) @Nullable String instance,
            @RequestParam(required = false) @Nullable String address,
            @RequestParam(name = "label", required = false) @Nullable List<String> labels,
            @RequestParam(required = false) @Nullable String secrets, ReadOptions options) {
        SecretForm wanted = SecretParameter.read(secrets);
        Target target = new Target(new NamespaceName(namespace), application, profiles(profiles),
                ClientParameters.read("", instance, address, labels));
        if (prefix.length() > MAX_PREFIX_CHARACTERS) {
            throw ProblemException.invalidArgument("prefix", prefix,
                    "at most " + MAX_PREFIX_CHARACTERS + " characters");
        }
        fence.await(options.linearizable(), options.minRevision());
        dev.roster.server.config.effective.EffectiveConfig found = configs.get(caller, target, prefix,
                wanted);
        return ResponseEntity.ok()
                .header(RevisionHeader.NAME, Long.toString(found.revision()))
                .body(EffectiveRecords.config(target, found, wanted));
    }

    @GetMapping("/effective-config/comparison")
    @RequiresRole(Role.READER)
    ResponseEntity<ConfigComparison> compare(Caller caller, @PathVariable String namespace,
            @RequestParam String application, @RequestParam(defaultValue = "") String profiles,
            @RequestParam(required = false) @Nullable String toNamespace,
            @RequestParam(required = false) @Nullable String toProfiles,
            @RequestParam(required = false) @Nullable String instance,
            @RequestParam(required = false) @Nullable String address,
            @RequestParam(name = "label", required = false) @Nullable List<String> labels,
            @RequestParam(required = false) @Nullable String toInstance,
            @RequestParam(required = false) @Nullable String toAddress,
            @RequestParam(name = "toLabel", required = false) @Nullable List<String> toLabels,
            @RequestParam(required = false) @Nullable String secrets, ReadOptions options) {
        SecretForm wanted = SecretParameter.read(secrets);
        Target from = new Target(new NamespaceName(namespace), application, profiles(profiles),
                ClientParameters.read("", instance, address, labels));
        Target to = new Target(toNamespace == null ? from.namespace() : new NamespaceName(toNamespace), application,
                toProfiles == null ? from.profiles() : profiles(toProfiles),
                ClientParameters.read("to", toInstance, toAddress, toLabels));
        fence.await(options.linearizable(), options.minRevision());
        return answer(configs.compare(caller, from, to, wanted), wanted);
    }

    @GetMapping("/configs/{item}/comparison")
    @RequiresRole(Role.READER)
    ResponseEntity<ConfigComparison> compareVersions(Caller caller, @PathVariable String namespace,
            @PathVariable String item, @RequestParam(required = false) @Nullable Long from,
            @RequestParam(required = false) @Nullable Long to,
            @RequestParam(required = false) @Nullable String toNamespace,
            @RequestParam(required = false) @Nullable String toItem,
            @RequestParam(required = false) @Nullable String secrets, ReadOptions options) {
        SecretForm wanted = SecretParameter.read(secrets);
        ItemKey left = ConfigController.key(namespace, item);
        ItemKey right = new ItemKey(toNamespace == null ? left.namespace() : new NamespaceName(toNamespace),
                toItem == null ? left.name() : new ItemName(toItem));
        fence.await(options.linearizable(), options.minRevision());
        return answer(configs.compare(caller, left, version("from", from), right, version("to", to), wanted), wanted);
    }

    private static ResponseEntity<ConfigComparison> answer(Comparison comparison, @Nullable SecretForm wanted) {
        return ResponseEntity.ok()
                .header(RevisionHeader.NAME, Long.toString(comparison.revision()))
                .body(EffectiveRecords.comparison(comparison, wanted));
    }

    private static @Nullable Long version(String field, @Nullable Long version) {
        if (version != null && version < 1) {
            throw ProblemException.invalidArgument(field, version, "the number of a version, 1 or more");
        }
        return version;
    }

    private static List<String> profiles(String profiles) {
        List<String> names = new ArrayList<>();
        if (!profiles.isBlank()) {
            for (String name : profiles.split(",", -1)) {
                names.add(name.strip());
            }
        }
        return names;
    }
}
