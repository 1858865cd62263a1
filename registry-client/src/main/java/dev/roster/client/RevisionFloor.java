package dev.roster.client;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The highest store revision that this client has been shown. It is brought along with every read, so that a member that is
 * behind does not take the client back in time.
 *
 * <p>A store that was restored from a backup, or begun anew, is behind for ever. It is told from members that are catching up
 * by this: every address has said so, none has been unreachable since, for {@value #PATIENCE_SECONDS} s. As an acknowledged
 * revision is on a majority of the members, that cannot be so while the store is the one known. Then the floor is given up.
 * Safe for use by several threads.
 */
final class RevisionFloor {
    private static final Logger LOG = LoggerFactory.getLogger(RevisionFloor.class);
    private static final int PATIENCE_SECONDS = 10;

    private final int addresses;
    private final InstantSource clock;
    private final Map<URI, Instant> behindSince = new HashMap<>();
    private volatile long revision;

    RevisionFloor(int addresses, InstantSource clock) {
        this.addresses = addresses;
        this.clock = clock;
    }

    /** Returns the revision that answers must reach, 0 for any. */
    long revision() {
        return revision;
    }

    /** Notes a revision that an answer showed. */
    synchronized void observe(long shown) {
        if (shown > revision) {
            revision = shown;
        }
    }

    /** Notes that an address answered at the floor or above, or did not answer at all. */
    synchronized void notBehind(URI address) {
        behindSince.remove(address);
    }

    /**
     * Notes that an address is behind the floor.
     *
     * @return whether the floor was given up
     */
    synchronized boolean behind(URI address) {
        Instant now = clock.instant();
        behindSince.putIfAbsent(address, now);
        boolean all = behindSince.size() == addresses && behindSince.values().stream()
                .allMatch(since -> Duration.between(since, now).toSeconds() >= PATIENCE_SECONDS);
        if (all) {
            LOG.warn(
                    "No member knows revision {} any more: the store was restored or begun anew; following it from where it is",
                    revision);
            behindSince.clear();
            revision = 0;
        }
        return all;
    }
}
