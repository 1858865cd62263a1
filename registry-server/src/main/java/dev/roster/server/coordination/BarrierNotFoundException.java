package dev.roster.server.coordination;

/** There is no such barrier, or not any more. */
public final class BarrierNotFoundException extends CoordinationException {
    private static final long serialVersionUID = 1L;

    private final transient BarrierKey barrier;

    /** Makes the exception. */
    public BarrierNotFoundException(BarrierKey barrier) {
        super("no " + barrier);
        this.barrier = barrier;
    }

    /** Returns which barrier. */
    public BarrierKey barrier() {
        return barrier;
    }
}
