package dev.roster.api.config;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Changes of items that are written, reviewed and published together.
 *
 * @param namespace where its items are
 * @param id 1 for the first change set of the namespace
 * @param number 1 when it was made, one more for each change of it; its entity tag
 * @param title what it is about
 * @param description what else there is to say, null if nothing
 * @param status how far it is
 * @param author who made it
 * @param createdAt when it was made
 * @param updatedBy who changed it last
 * @param updatedAt when that was
 * @param drafts what is to be published, ordered by name, without documents
 * @param verdicts what reviewers say of it, in the order of time
 * @param publishAt when it is published by itself, null if it is not
 * @param scheduledBy who has said so, null if it is not
 * @param failure why it could not be published when it was due, null if that did not happen since it was changed
 * @param published what was published of it
 */
public record ChangeSet(String namespace, long id, long number, String title, @Nullable String description,
        Status status, String author, Instant createdAt, String updatedBy, Instant updatedAt,
        List<ChangeSetDraft> drafts, List<ChangeSetVerdict> verdicts, @Nullable Instant publishAt,
        @Nullable String scheduledBy, @Nullable String failure, List<PublishedDraft> published) {

    public ChangeSet {
        drafts = List.copyOf(drafts);
        verdicts = List.copyOf(verdicts);
        published = List.copyOf(published);
    }

    /** How far a change set is; on the wire in lower case. */
    public enum Status {
        OPEN, IN_REVIEW, APPROVED, REJECTED, SCHEDULED, PUBLISHED, ABANDONED
    }
}
