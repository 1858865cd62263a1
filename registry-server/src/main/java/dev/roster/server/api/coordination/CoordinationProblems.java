package dev.roster.server.api.coordination;

import dev.roster.server.coordination.AlreadyHeldException;
import dev.roster.server.coordination.ArrivalNotFoundException;
import dev.roster.server.coordination.ArrivalTakenException;
import dev.roster.server.coordination.BarrierBrokenException;
import dev.roster.server.coordination.BarrierInUseException;
import dev.roster.server.coordination.BarrierNotFoundException;
import dev.roster.server.coordination.Barriers;
import dev.roster.server.coordination.ClaimNotFoundException;
import dev.roster.server.coordination.ClaimTakenException;
import dev.roster.server.coordination.Claims;
import dev.roster.server.coordination.CoordinationContendedException;
import dev.roster.server.coordination.CoordinationException;
import dev.roster.server.coordination.CounterMismatchException;
import dev.roster.server.coordination.CounterOverflowException;
import dev.roster.server.coordination.Counters;
import dev.roster.server.coordination.ItemNotTakenException;
import dev.roster.server.coordination.LimitMismatchException;
import dev.roster.server.coordination.NotHeldException;
import dev.roster.server.coordination.PartiesMismatchException;
import dev.roster.server.coordination.QueueFullException;
import dev.roster.server.coordination.SemaphoreNotFoundException;
import dev.roster.server.coordination.SessionNotFoundException;
import dev.roster.server.coordination.Sessions;
import dev.roster.server.coordination.StillInUseException;
import dev.roster.server.coordination.TooManyBarriersException;
import dev.roster.server.coordination.TooManyClaimsException;
import dev.roster.server.coordination.TooManyCountersException;
import dev.roster.server.coordination.TooManySessionsException;
import dev.roster.server.coordination.TooManyWaitingException;
import dev.roster.server.coordination.WaitingRoom;
import dev.roster.server.web.ProblemKind;
import dev.roster.server.web.ProblemMapping;
import dev.roster.server.web.ProblemReport;
import org.springframework.stereotype.Component;

/** What refusals of coordination look like to callers. */
@Component
final class CoordinationProblems implements ProblemMapping<CoordinationException> {
    @Override
    public Class<CoordinationException> family() {
        return CoordinationException.class;
    }

    @Override
    public ProblemReport report(CoordinationException exception) {
        return switch (exception) {
            case SessionNotFoundException e -> ProblemReport.of(ProblemKind.SESSION_NOT_FOUND, "Session " + e.session()
                    + " has ended, or is of another user; nothing is held by it any more");
            case TooManySessionsException e -> ProblemReport.of(ProblemKind.CONFLICT, "Namespace " + e.namespace()
                    + " has " + Sessions.MAX_SESSIONS + " sessions, which is the most that it may have");
            case ClaimNotFoundException e ->
                ProblemReport.of(ProblemKind.CLAIM_NOT_FOUND, "There is no claim " + e.claim() + " of " + e.target()
                        + ", or not any more");
            case ClaimTakenException e -> ProblemReport.of(ProblemKind.CONFLICT, "Claim " + e.claim() + " of "
                    + e.target() + " is of another session; choose another name for yours");
            case NotHeldException e -> ProblemReport.of(ProblemKind.CONFLICT,
                    "Claim " + e.claim() + " of " + e.target() + " waits in the queue, and does not hold");
            case AlreadyHeldException e ->
                ProblemReport.of(ProblemKind.ALREADY_HELD, "Others hold " + e.target() + ", or wait for it");
            case TooManyClaimsException e -> ProblemReport.of(ProblemKind.TOO_MANY_REQUESTS,
                    "There are " + Claims.MAX_CLAIMS + " claims of " + e.target()
                            + ", which is the most that there may be")
                    .withRetryAfter(e.retryAfter());
            case TooManyWaitingException e -> ProblemReport.of(ProblemKind.OVERLOADED,
                    "As many requests wait as this member lets wait: " + WaitingRoom.MAX_WAITING)
                    .withRetryAfter(e.retryAfter());
            case SemaphoreNotFoundException e -> ProblemReport.of(ProblemKind.SEMAPHORE_NOT_FOUND,
                    "Nobody has said how many permits " + e.target() + " has: say so by limit");
            case LimitMismatchException e ->
                ProblemReport.of(ProblemKind.LIMIT_MISMATCH, "The permits of " + e.target() + " are " + e.limit());
            case StillInUseException e ->
                ProblemReport.of(ProblemKind.CONFLICT, "So many permits of " + e.what() + " are held or waited for");
            case CounterOverflowException e -> ProblemReport.of(ProblemKind.CONFLICT, "The " + e.counter() + " is at "
                    + e.value() + ": the sum does not fit into 64 bits");
            case CounterMismatchException e -> ProblemReport.of(ProblemKind.COUNTER_MISMATCH,
                    "The " + e.counter() + " is at " + e.value());
            case TooManyCountersException e -> ProblemReport.of(ProblemKind.CONFLICT, "Namespace " + e.namespace()
                    + " has " + Counters.MAX_COUNTERS + " counters, which is the most that it may have");
            case QueueFullException e -> ProblemReport.of(ProblemKind.QUEUE_FULL,
                    "The " + e.queue() + " holds " + e.capacity() + " items, which is the most that it may");
            case ItemNotTakenException e ->
                ProblemReport.of(ProblemKind.CLAIM_NOT_FOUND, "The session does not have item "
                        + e.id() + " of " + e.queue() + ", or not any more");
            case BarrierNotFoundException e ->
                ProblemReport.of(ProblemKind.BARRIER_NOT_FOUND, "There is no " + e.barrier() + ", or not any more");
            case BarrierBrokenException e -> ProblemReport.of(ProblemKind.BARRIER_BROKEN, "The " + e.barrier()
                    + " is broken: one of those who stood at it has gone before all had arrived");
            case BarrierInUseException e -> ProblemReport.of(ProblemKind.CONFLICT,
                    "At the " + e.barrier() + " stand " + e.standing() + ", who have not gone yet");
            case PartiesMismatchException e ->
                ProblemReport.of(ProblemKind.PARTIES_MISMATCH, "The parties of " + e.barrier() + " are " + e.parties());
            case ArrivalNotFoundException e -> ProblemReport.of(ProblemKind.CLAIM_NOT_FOUND,
                    "There is no arrival " + e.arrival() + " at " + e.barrier() + ", or not any more");
            case ArrivalTakenException e -> ProblemReport.of(ProblemKind.CONFLICT, "Arrival " + e.arrival() + " at "
                    + e.barrier() + " is of another session; choose another name for yours");
            case TooManyBarriersException e -> ProblemReport.of(ProblemKind.CONFLICT, "Namespace " + e.namespace()
                    + " has " + Barriers.MAX_BARRIERS + " barriers, which is the most that it may have");
            case CoordinationContendedException e -> ProblemReport.of(ProblemKind.CONFLICT,
                    e.what() + " is being changed by others at the same time; it was not changed by this request");
        };
    }
}
