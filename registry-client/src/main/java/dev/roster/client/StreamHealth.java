package dev.roster.client;

import java.net.URI;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether the stream is there, and the lines in the log about it: one for each outage and one for its end. */
final class StreamHealth {
    private static final Logger LOG = LoggerFactory.getLogger(StreamHealth.class);

    private final InstantSource clock;
    private volatile WatchStatus status;

    StreamHealth(InstantSource clock) {
        this.clock = clock;
        this.status = new WatchStatus(false, null, 0, clock.instant(), null);
    }

    WatchStatus status(long revision) {
        WatchStatus now = status;
        return new WatchStatus(now.connected(), now.address(), revision, now.since(), now.failure());
    }

    /** Notes that nothing is followed. */
    void idle() {
        status = new WatchStatus(false, null, 0, clock.instant(), null);
    }

    void connected(URI address, long revision) {
        WatchStatus before = status;
        if (!before.connected() || !address.equals(before.address())) {
            LOG.info("Following changes at {}, known so far: revision {}", address.getAuthority(), revision);
        }
        status = new WatchStatus(true, address, 0, before.connected() ? before.since() : clock.instant(), null);
    }

    void disconnected(RosterException reason) {
        WatchStatus before = status;
        boolean news = before.connected() || before.failure() == null;
        if (news) {
            LOG.warn("No changes are heard from Roster, what was known last stays in use: {}", reason.getMessage());
        } else {
            LOG.debug("Still no changes are heard from Roster: {}", reason.getMessage());
        }
        status = new WatchStatus(false, null, 0, news ? clock.instant() : before.since(), reason);
    }
}
