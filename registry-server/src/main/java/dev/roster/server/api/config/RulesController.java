package dev.roster.server.api.config;

import dev.roster.api.config.PublishRules;
import dev.roster.api.config.PublishRulesRequest;
import dev.roster.server.config.NamespaceRules;
import dev.roster.server.config.ReviewRules;
import dev.roster.server.feed.ReadFence;
import dev.roster.server.security.Caller;
import dev.roster.server.security.NamespaceName;
import dev.roster.server.security.Role;
import dev.roster.server.web.Audited;
import dev.roster.server.web.ProblemException;
import dev.roster.server.web.ReadOptions;
import dev.roster.server.web.RequiresRole;
import dev.roster.server.web.RevisionHeader;
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

/** What a namespace asks of whoever publishes in it. */
@RestController
@RequestMapping("/api/v1/namespaces/{namespace}/publish-rules")
final class RulesController {
    private final NamespaceRules rules;
    private final ReadFence fence;

    RulesController(NamespaceRules rules, ReadFence fence) {
        this.rules = rules;
        this.fence = fence;
    }

    @GetMapping
    @RequiresRole(Role.READER)
    ResponseEntity<PublishRules> get(Caller caller, @PathVariable String namespace, ReadOptions options) {
        NamespaceName where = new NamespaceName(namespace);
        long revision = fence.await(options.linearizable(), options.minRevision());
        return answer(revision, rules.get(caller, where));
    }

    @PutMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    @RequiresRole(Role.ADMIN)
    @Audited("config.set-rules")
    ResponseEntity<PublishRules> set(Caller caller, @PathVariable String namespace,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @RequestBody PublishRulesRequest request) {
        NamespaceName where = new NamespaceName(namespace);
        Boolean reviewRequired = request.reviewRequired();
        if (reviewRequired == null) {
            throw ProblemException.invalidArgument("reviewRequired", null, "true or false");
        }
        Integer approvals = request.approvals();
        Long seen = VersionTag.expectedVersion(ifMatch);
        ReviewRules wanted = new ReviewRules(reviewRequired,
                approvals == null ? 1 : approvals, Boolean.TRUE.equals(request.ownApproval()), 0);
        ReviewRules set = rules.set(caller, where, seen == null ? 0 : seen, wanted);
        return answer(fence.current(), set);
    }

    private static ResponseEntity<PublishRules> answer(long revision, ReviewRules rules) {
        ResponseEntity.BodyBuilder answer = ResponseEntity.ok().header(RevisionHeader.NAME, Long.toString(revision));
        if (rules.number() > 0) {
            answer.eTag(VersionTag.of(rules.number()));
        }
        return answer
                .body(new PublishRules(rules.reviewRequired(), rules.approvals(), rules.ownApproval(), rules.number()));
    }
}
