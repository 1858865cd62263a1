package dev.roster.server.api.config;

import dev.roster.api.config.ChangeSet;
import dev.roster.api.config.ChangeSetDraft;
import dev.roster.api.config.ChangeSetSummary;
import dev.roster.api.config.ChangeSetVerdict;
import dev.roster.api.config.ConfigChangeRequest;
import dev.roster.api.config.PublishedDraft;
import dev.roster.server.api.wire.ConfigRecords;
import dev.roster.server.config.changeset.ChangeSet.Schedule;
import dev.roster.server.config.changeset.ChangeSetKey;
import dev.roster.server.config.changeset.DraftEntry;
import dev.roster.server.config.format.DocumentFormat;
import org.jspecify.annotations.Nullable;

/** Change sets, as records of the API. */
final class ChangeSetRecords {
    private ChangeSetRecords() {}

    static ChangeSet set(dev.roster.server.config.changeset.ChangeSet set) {
        ChangeSetKey key = set.key();
        Schedule schedule = set.schedule();
        return new ChangeSet(key.namespace().value(), key.id(), set.number(), set.about().title(),
                set.about().description(), status(set), set.author(), set.createdAt(), set.updatedBy(), set.updatedAt(),
                set.drafts().stream().map(entry -> draft(entry, null)).toList(),
                set.verdicts().stream()
                        .map(verdict -> new ChangeSetVerdict(verdict.reviewer(), verdict.approved(), verdict.comment(),
                                verdict.at()))
                        .toList(),
                schedule == null ? null : schedule.at(), schedule == null ? null : schedule.by(), set.failure(),
                set.published().stream().map(one -> new PublishedDraft(one.item().value(), one.version())).toList());
    }

    static ChangeSetSummary summary(dev.roster.server.config.changeset.ChangeSet set) {
        ChangeSetKey key = set.key();
        Schedule schedule = set.schedule();
        return new ChangeSetSummary(key.namespace().value(), key.id(), set.number(), set.about().title(), status(set),
                set.author(), set.updatedAt(), set.drafts().size(), schedule == null ? null : schedule.at());
    }

    static ChangeSetDraft draft(DraftEntry entry, @Nullable String content) {
        DocumentFormat format = entry.format();
        ConfigChangeRequest.Action action = switch (entry.action()) {
            case PUBLISH -> ConfigChangeRequest.Action.PUBLISH;
            case ROLL_BACK -> ConfigChangeRequest.Action.ROLL_BACK;
            case DELETE -> ConfigChangeRequest.Action.DELETE;
            case UNDELETE -> ConfigChangeRequest.Action.UNDELETE;
        };
        return new ChangeSetDraft(entry.item().value(), action, entry.baseVersion(),
                format == null ? null : ConfigRecords.format(format), content, entry.toVersion(), entry.comment(),
                entry.savedBy(), entry.savedAt());
    }

    private static ChangeSet.Status status(dev.roster.server.config.changeset.ChangeSet set) {
        return switch (set.status()) {
            case OPEN -> ChangeSet.Status.OPEN;
            case IN_REVIEW -> ChangeSet.Status.IN_REVIEW;
            case APPROVED -> ChangeSet.Status.APPROVED;
            case REJECTED -> ChangeSet.Status.REJECTED;
            case SCHEDULED -> ChangeSet.Status.SCHEDULED;
            case PUBLISHED -> ChangeSet.Status.PUBLISHED;
            case ABANDONED -> ChangeSet.Status.ABANDONED;
        };
    }
}
