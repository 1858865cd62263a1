package dev.roster.server.config.changeset;

import dev.roster.server.config.ItemName;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Changes of items that belong together, from the first draft to their publication.
 *
 * @param key which change set
 * @param number 1 when it is made, one more for each change of it
 * @param about what its author says of it
 * @param status how far it is
 * @param author who made it
 * @param createdAt when it was made
 * @param updatedBy who changed it last
 * @param updatedAt when that was
 * @param drafts what is to be published, ordered by item, without documents
 * @param verdicts what reviewers say of it as it is, the latest of each, in the order of time
 * @param schedule when it is published by itself, null unless its status is {@code SCHEDULED}
 * @param failure why it could not be published when it was due, null if that did not happen since it was changed
 * @param published what was published of it
 */
public record ChangeSet(ChangeSetKey key, long number, About about, Status status, String author, Instant createdAt,
        String updatedBy, Instant updatedAt, List<DraftEntry> drafts, List<Verdict> verdicts,
        @Nullable Schedule schedule, @Nullable String failure, List<PublishedDraft> published) {

    public ChangeSet {
        drafts = List.copyOf(drafts);
        verdicts = List.copyOf(verdicts);
        published = List.copyOf(published);
    }

    /** How far a change set is. The names are part of stored records: add, never rename. */
    public enum Status {
        /** Drafts are being written. */
        OPEN,
        /** Waits for reviewers; its drafts cannot be changed. */
        IN_REVIEW,
        /** Enough reviewers agree. */
        APPROVED,
        /** A reviewer does not agree. */
        REJECTED,
        /** Is published by itself at a time. */
        SCHEDULED,
        /** All of it is published. */
        PUBLISHED,
        /** Is not going to be published. */
        ABANDONED;

        /** Tells whether nothing can follow. */
        public boolean isFinal() {
            return this == PUBLISHED || this == ABANDONED;
        }
    }

    /**
     * What a reviewer says.
     *
     * @param reviewer name of the user
     * @param approved whether they agree
     * @param comment why, null if not said
     * @param at when
     */
    public record Verdict(String reviewer, boolean approved, @Nullable String comment, Instant at) {}

    /**
     * When a change set is published by itself.
     *
     * @param at the time, in whole seconds
     * @param by name of the user who said so, in whose name it is published
     */
    public record Schedule(Instant at, String by) {}

    /**
     * What came of a draft.
     *
     * @param item name of the item
     * @param version the version that was made
     */
    public record PublishedDraft(ItemName item, long version) {}

    /** Returns the draft of an item. */
    public Optional<DraftEntry> find(ItemName item) {
        return drafts.stream().filter(draft -> draft.item().equals(item)).findFirst();
    }

    /** Returns the names of all who had a part in what is to be published. */
    Set<String> writers() {
        Set<String> writers = new HashSet<>();
        writers.add(author);
        drafts.forEach(draft -> writers.add(draft.savedBy()));
        return writers;
    }

    /** Counts who approves of it, leaving out those who wrote it unless that is allowed. */
    long approvals(boolean ownApproval) {
        Set<String> writers = ownApproval ? Set.of() : writers();
        return verdicts.stream().filter(verdict -> verdict.approved() && !writers.contains(verdict.reviewer())).count();
    }

    /** Returns a copy with another status and no schedule, changed by somebody. */
    ChangeSet with(Status next, String by, Instant now) {
        return new ChangeSet(key, number + 1, about, next, author, createdAt, by, now, drafts, verdicts, null, null,
                published);
    }

    ChangeSet withDrafts(List<DraftEntry> next) {
        return new ChangeSet(key, number, about, status, author, createdAt, updatedBy, updatedAt, next, verdicts,
                schedule, failure, published);
    }

    ChangeSet withVerdicts(List<Verdict> next) {
        return new ChangeSet(key, number, about, status, author, createdAt, updatedBy, updatedAt, drafts, next,
                schedule, failure, published);
    }

    ChangeSet withSchedule(Schedule next) {
        return new ChangeSet(key, number, about, status, author, createdAt, updatedBy, updatedAt, drafts, verdicts, next,
                failure, published);
    }

    ChangeSet withFailure(String next) {
        return new ChangeSet(key, number, about, status, author, createdAt, updatedBy, updatedAt, drafts, verdicts,
                schedule, next, published);
    }

    ChangeSet withPublished(List<PublishedDraft> next) {
        return new ChangeSet(key, number, about, status, author, createdAt, updatedBy, updatedAt, drafts, verdicts,
                schedule, failure, next);
    }
}
