package dev.roster.server.coordination;

/** The barrier is for another number of parties than the caller says. */
public final class PartiesMismatchException extends CoordinationException {
    private static final long serialVersionUID = 1L;

    private final transient BarrierKey barrier;
    private final int parties;

    /** Makes the exception. */
    public PartiesMismatchException(BarrierKey barrier, int parties) {
        super(barrier + " is for " + parties + " parties");
        this.barrier = barrier;
        this.parties = parties;
    }

    /** Returns which barrier. */
    public BarrierKey barrier() {
        return barrier;
    }

    /** Returns how many have to arrive. */
    public int parties() {
        return parties;
    }
}
