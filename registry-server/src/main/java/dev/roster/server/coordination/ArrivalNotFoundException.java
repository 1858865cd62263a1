package dev.roster.server.coordination;

/** Nobody stands at the barrier by that name, or not any more. */
public final class ArrivalNotFoundException extends CoordinationException {
    private static final long serialVersionUID = 1L;

    private final transient BarrierKey barrier;
    private final transient ArrivalId arrival;

    /** Makes the exception. */
    public ArrivalNotFoundException(BarrierKey barrier, ArrivalId arrival) {
        super("no arrival " + arrival + " at " + barrier);
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
