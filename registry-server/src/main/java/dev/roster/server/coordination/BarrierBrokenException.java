package dev.roster.server.coordination;

/** One of those who stood at the barrier has gone before all had arrived. */
public final class BarrierBrokenException extends CoordinationException {
    private static final long serialVersionUID = 1L;

    private final transient BarrierKey barrier;

    /** Makes the exception. */
    public BarrierBrokenException(BarrierKey barrier) {
        super(barrier + " is broken");
        this.barrier = barrier;
    }

    /** Returns which barrier. */
    public BarrierKey barrier() {
        return barrier;
    }
}
