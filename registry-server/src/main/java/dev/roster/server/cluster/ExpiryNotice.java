package dev.roster.server.cluster;

import dev.roster.server.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells, without asking anybody, whether the end of leases was held back a moment ago. {@link #refresh} asks, and is to be
 * called every second or two; the rest may be used by any thread.
 */
public final class ExpiryNotice {
    private static final Logger log = LoggerFactory.getLogger(ExpiryNotice.class);

    private final LeaseExpiry expiry;
    private volatile boolean heldBack;

    /** Makes it. */
    public ExpiryNotice(LeaseExpiry expiry) {
        this.expiry = expiry;
    }

    /** Asks the leader; without one, what it said last stays. */
    public void refresh() {
        try {
            heldBack = expiry.state().heldBack();
        } catch (StoreException e) {
            log.debug("Whether the end of leases is held back is not known now", e);
        }
    }

    /** Returns what the leader said last. */
    public boolean isHeldBack() {
        return heldBack;
    }
}
