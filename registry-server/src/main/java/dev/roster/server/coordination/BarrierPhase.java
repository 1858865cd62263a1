package dev.roster.server.coordination;

import java.util.Locale;

/** What has become of a barrier. The first turns into one of the others, which are for good. */
public enum BarrierPhase {
    /** Not all parties have arrived yet. */
    WAITING,
    /** All have arrived: whoever comes passes. */
    OPEN,
    /** One has gone before all had arrived: nobody passes. */
    BROKEN;

    /** Returns the phase as people write it: in lower case. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
