package dev.roster.server.coordination;

/** Another session stands at the barrier by that name. */
public final class ArrivalTakenException extends CoordinationException {
    private static final long serialVersionUID = 1L;

    private final transient BarrierKey barrier;
    private final transient ArrivalId arrival;

    /** Makes the exception. */
    public ArrivalTakenException(BarrierKey barrier, ArrivalId arrival) {
        super("arrival " + arrival + " at " + barrier + " is of another session");
        this.barrier = barrier;
        this.arrival = arrival;
    }

    /** Returns which barrier. */
    public BarrierKey barrier() {
        return barrier;
    }

    /** Returns which arrival. */
    public ArrivalId arrival() {
        return arrival;
    }
}
