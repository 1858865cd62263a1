package dev.roster.server.api.config;

import dev.roster.api.config.ChangeSet;
import dev.roster.api.config.ChangeSetDraft;
import dev.roster.api.config.ConfigChangeRequest;
import dev.roster.api.config.DraftRequest;
import dev.roster.server.config.ItemKey;
import dev.roster.server.config.ItemName;
import dev.roster.server.config.SecretForm;
import dev.roster.server.config.changeset.ChangeSetKey;
import dev.roster.server.config.changeset.ChangeSets;
import dev.roster.server.config.changeset.Draft;
import dev.roster.server.config.format.DocumentFormat;
import dev.roster.server.feed.ReadFence;
import dev.roster.server.security.Caller;
import dev.roster.server.security.Role;
import dev.roster.server.web.Audited;
import dev.roster.server.web.ReadOptions;
import dev.roster.server.web.RequiresRole;
import dev.roster.server.web.RevisionHeader;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The drafts of a change set. */
@RestController
@RequestMapping("/api/v1/namespaces/{namespace}/change-sets/{changeSet}/drafts/{item}")
final class DraftController {
    private final ChangeSets sets;
    private final ReadFence fence;
    private final ShownReleases shown;

    DraftController(ChangeSets sets, ReadFence fence, ShownReleases shown) {
        this.shown = shown;
        this.sets = sets;
        this.fence = fence;
    }

    @PutMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    @RequiresRole(Role.EDITOR)
    @Audited("config.save-draft")
    ResponseEntity<ChangeSet> save(Caller caller, @PathVariable String namespace, @PathVariable long changeSet,
            @PathVariable String item,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @RequestBody DraftRequest request) {
        ChangeSetKey key = ChangeSetController.key(namespace, changeSet);
        ItemName name = new ItemName(item);
        ConfigChangeRequest change = new ConfigChangeRequest(name.value(), request.action(), request.baseVersion(),
                request.format(), request.content(), request.toVersion(), request.comment());
        dev.roster.server.config.changeset.ChangeSet saved = sets.saveDraft(caller, key, VersionTag.needed(ifMatch),
                ChangeReader.change("", key.namespace(), change));
        return ChangeSetController.answer(HttpStatus.OK, fence.current(), saved);
    }

    @GetMapping
    @RequiresRole(Role.READER)
    ResponseEntity<ChangeSetDraft> get(Caller caller, @PathVariable String namespace, @PathVariable long changeSet,
            @PathVariable String item, @RequestParam(required = false) @Nullable String secrets,
            ReadOptions options) {
        SecretForm wanted = SecretParameter.read(secrets);
        ChangeSetKey key = ChangeSetController.key(namespace, changeSet);
        ItemName name = new ItemName(item);
        long revision = fence.await(options.linearizable(), options.minRevision());
        Draft draft = sets.getDraft(caller, key, name);
        return ResponseEntity.ok()
                .header(RevisionHeader.NAME, Long.toString(revision))
                .body(ChangeSetRecords.draft(draft.entry(), shown(caller, key, draft, wanted)));
    }

    private @Nullable String shown(Caller caller, ChangeSetKey key, Draft draft, @Nullable SecretForm wanted) {
        String content = draft.content();
        DocumentFormat format = draft.entry().format();
        return content == null || format == null
                ? null
                : shown.draft(new ItemKey(key.namespace(), draft.entry().item()), format, content, caller, wanted);
    }

    @DeleteMapping
    @RequiresRole(Role.EDITOR)
    @Audited("config.remove-draft")
    ResponseEntity<ChangeSet> remove(Caller caller, @PathVariable String namespace, @PathVariable long changeSet,
            @PathVariable String item,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch) {
        ChangeSetKey key = ChangeSetController.key(namespace, changeSet);
        dev.roster.server.config.changeset.ChangeSet rest = sets.removeDraft(caller, key, VersionTag.needed(ifMatch),
                new ItemName(item));
        return ChangeSetController.answer(HttpStatus.OK, fence.current(), rest);
    }
}
