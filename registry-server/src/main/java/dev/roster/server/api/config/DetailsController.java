package dev.roster.server.api.config;

import dev.roster.api.config.ConfigDetails;
import dev.roster.api.config.ConfigDetailsRequest;
import dev.roster.api.config.ConfigHistoryPolicy;
import dev.roster.api.config.ConfigHistoryPolicyRequest;
import dev.roster.server.config.HistoryPolicies;
import dev.roster.server.config.HistoryPolicy;
import dev.roster.server.config.ItemDetails;
import dev.roster.server.config.ItemNotes;
import dev.roster.server.security.Caller;
import dev.roster.server.security.NamespaceName;
import dev.roster.server.security.Role;
import dev.roster.server.web.Audited;
import dev.roster.server.web.ProblemException;
import dev.roster.server.web.RequiresRole;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What people say of items, and how much history a namespace keeps of them. */
@RestController
@RequestMapping("/api/v1/namespaces/{namespace}")
final class DetailsController {
    private final ItemNotes notes;
    private final HistoryPolicies policies;

    DetailsController(ItemNotes notes, HistoryPolicies policies) {
        this.notes = notes;
        this.policies = policies;
    }

    @GetMapping("/configs/{item}/details")
    @RequiresRole(Role.READER)
    ResponseEntity<ConfigDetails> getDetails(Caller caller, @PathVariable String namespace, @PathVariable String item) {
        return answer(notes.get(caller, ConfigController.key(namespace, item)));
    }

    @PutMapping(path = "/configs/{item}/details", consumes = MediaType.APPLICATION_JSON_VALUE)
    @RequiresRole(Role.EDITOR)
    @Audited("config.set-details")
    ResponseEntity<ConfigDetails> setDetails(Caller caller, @PathVariable String namespace, @PathVariable String item,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @RequestBody ConfigDetailsRequest request) {
        Map<String, String> labels = request.labels();
        ItemDetails wanted = new ItemDetails(new TreeMap<>(labels == null ? Map.of() : labels), request.owner(),
                request.description(), 0);
        return answer(notes.set(caller, ConfigController.key(namespace, item), seen(ifMatch), wanted));
    }

    @GetMapping("/history-policy")
    @RequiresRole(Role.READER)
    ResponseEntity<ConfigHistoryPolicy> getPolicy(Caller caller, @PathVariable String namespace) {
        return answer(policies.get(caller, new NamespaceName(namespace)));
    }

    @PutMapping(path = "/history-policy", consumes = MediaType.APPLICATION_JSON_VALUE)
    @RequiresRole(Role.ADMIN)
    @Audited("config.set-history-policy")
    ResponseEntity<ConfigHistoryPolicy> setPolicy(Caller caller, @PathVariable String namespace,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @RequestBody ConfigHistoryPolicyRequest request) {
        NamespaceName where = new NamespaceName(namespace);
        Integer maxVersions = request.maxVersions();
        if (maxVersions == null) {
            throw ProblemException.invalidArgument("maxVersions", null,
                    HistoryPolicy.MIN_VERSIONS + " to " + HistoryPolicy.MAX_VERSIONS);
        }
        return answer(policies.set(caller, where, seen(ifMatch), new HistoryPolicy(maxVersions, request.maxAge(), 0)));
    }

    private static long seen(@Nullable String ifMatch) {
        Long seen = VersionTag.expectedVersion(ifMatch);
        return seen == null ? 0 : seen;
    }

    private static ResponseEntity<ConfigDetails> answer(ItemDetails details) {
        return tagged(details.number())
                .body(new ConfigDetails(details.labels(), details.owner(), details.description(), details.number()));
    }

    private static ResponseEntity<ConfigHistoryPolicy> answer(HistoryPolicy policy) {
        return tagged(policy.number())
                .body(new ConfigHistoryPolicy(policy.maxVersions(), policy.maxAge(), policy.number()));
    }

    private static ResponseEntity.BodyBuilder tagged(long number) {
        ResponseEntity.BodyBuilder answer = ResponseEntity.ok();
        return number > 0 ? answer.eTag(VersionTag.of(number)) : answer;
    }
}
