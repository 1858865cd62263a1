package dev.roster.server.coordination;

/** Why coordination did not do what it was asked. Nothing was changed. */
public abstract sealed class CoordinationException extends RuntimeException permits SessionNotFoundException,
        TooManySessionsException, ClaimNotFoundException, ClaimTakenException, NotHeldException, AlreadyHeldException,
        TooManyClaimsException, TooManyWaitingException, SemaphoreNotFoundException, LimitMismatchException,
        StillInUseException, CounterOverflowException, CounterMismatchException, TooManyCountersException,
        QueueFullException, ItemNotTakenException, BarrierNotFoundException, BarrierBrokenException,
        BarrierInUseException,
        PartiesMismatchException, ArrivalNotFoundException, ArrivalTakenException, TooManyBarriersException,
        CoordinationContendedException {
    private static final long serialVersionUID = 1L;

    CoordinationException(String message) {
        super(message);
    }
}
