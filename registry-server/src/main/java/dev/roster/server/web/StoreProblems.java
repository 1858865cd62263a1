package dev.roster.server.web;

import dev.roster.server.store.InvalidCommandException;
import dev.roster.server.store.KeyNotFoundException;
import dev.roster.server.store.LeaseExistsException;
import dev.roster.server.store.LeaseNotFoundException;
import dev.roster.server.store.OutcomeUnknownException;
import dev.roster.server.store.RevisionAheadException;
import dev.roster.server.store.RevisionCompactedException;
import dev.roster.server.store.StateFullException;
import dev.roster.server.store.StoreException;
import dev.roster.server.store.StoreFullException;
import dev.roster.server.store.StoreOverloadedException;
import dev.roster.server.store.StoreUnavailableException;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** What failures of the store look like to callers, when a feature lets them pass. */
@Component
final class StoreProblems implements ProblemMapping<StoreException> {

    /** A replica that runs behind catches up within a heartbeat; an outcome is known after an election. */
    private static final Duration SOON = Duration.ofSeconds(1);

    @Override
    public Class<StoreException> family() {
        return StoreException.class;
    }

    @Override
    public ProblemReport report(StoreException exception) {
        return switch (exception) {
            case InvalidCommandException e ->
                ProblemReport.invalidArgument(e.field(), e.value(), e.expected());
            case RevisionCompactedException e ->
                ProblemReport.of(ProblemKind.REVISION_COMPACTED, "The oldest revision kept is " + e.oldest().value())
                        .withOldestRevision(e.oldest().value());
            case RevisionAheadException e -> ProblemReport
                    .of(ProblemKind.REVISION_AHEAD, "This member has reached revision " + e.current().value())
                    .withCurrentRevision(e.current().value()).withRetryAfter(SOON);
            case KeyNotFoundException e -> ProblemReport.of(ProblemKind.CONFLICT, "The key does not exist");
            case LeaseNotFoundException e -> ProblemReport.of(ProblemKind.CONFLICT, "The lease has ended");
            case LeaseExistsException e -> ProblemReport.of(ProblemKind.CONFLICT, "The lease exists already");
            case StoreOverloadedException e -> ProblemReport
                    .of(ProblemKind.OVERLOADED, "Too many changes are waiting; nothing was changed")
                    .withRetryAfter(e.retryAfter());
            case StoreFullException e -> ProblemReport
                    .of(ProblemKind.DISK_FULL, "The disk of this member is nearly full; nothing was changed")
                    .withRetryAfter(e.retryAfter());
            case StateFullException e -> ProblemReport
                    .of(ProblemKind.STATE_FULL, "The store holds as much as it may; nothing was changed")
                    .withRetryAfter(e.retryAfter());
            case StoreUnavailableException e -> ProblemReport
                    .of(ProblemKind.NO_LEADER, "The members are electing a leader; nothing was changed")
                    .withRetryAfter(e.retryAfter());
            case OutcomeUnknownException e -> ProblemReport
                    .of(ProblemKind.OUTCOME_UNKNOWN, "No answer came in time; read again before repeating the change")
                    .withRetryAfter(SOON);
        };
    }
}
