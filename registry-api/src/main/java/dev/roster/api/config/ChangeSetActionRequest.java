package dev.roster.api.config;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes a change set a step further.
 *
 * @param action the step
 * @param comment why, to 500 characters; for {@code approve} and {@code reject}
 * @param publishAt when to publish, in the future and at most 366 days ahead; for {@code schedule}
 * @param items which items to publish, null for all; for {@code publish}
 */
public record ChangeSetActionRequest(@Nullable Action action, @Nullable String comment, @Nullable Instant publishAt,
        @Nullable List<String> items) {

    /** A step; on the wire in lower case. */
    public enum Action {
        REQUEST_REVIEW, APPROVE, REJECT, REOPEN, PUBLISH, SCHEDULE, ABANDON
    }
}
