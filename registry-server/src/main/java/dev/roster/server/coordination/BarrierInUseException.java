package dev.roster.server.coordination;

/** The barrier cannot be removed while somebody stands at it. */
public final class BarrierInUseException extends CoordinationException {
    private static final long serialVersionUID = 1L;

    private final transient BarrierKey barrier;
    private final int standing;

    /** Makes the exception. */
    public BarrierInUseException(BarrierKey barrier, int standing) {
        super(standing + " stand at " + barrier);
        this.barrier = barrier;
        this.standing = standing;
    }

    /** Returns which barrier. */
    public BarrierKey barrier() {
        return barrier;
    }

    /** Returns how many stand at it. */
    public int standing() {
        return standing;
    }
}
