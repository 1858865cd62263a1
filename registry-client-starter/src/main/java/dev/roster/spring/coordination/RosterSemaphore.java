package dev.roster.spring.coordination;

import dev.roster.client.ClaimSpec;
import dev.roster.client.HeldClaim;
import dev.roster.client.SessionKeeper;
import java.time.Duration;
import java.util.Optional;

/**
 * A number of permits that all applications share. They are granted in the order of asking, so one who asks for many is not overtaken
 * for ever. Permits that are held are lost with the session of the application, which {@link HeldClaim#isHeld} tells. Made by
 * {@link Coordination#semaphore}; safe for use by several threads.
 */
public final class RosterSemaphore {
    private final SessionKeeper keeper;
    private final String name;
    private final int limit;

    RosterSemaphore(SessionKeeper keeper, String name, int limit) {
        this.keeper = keeper;
        this.name = name;
        this.limit = limit;
    }

    /**
     * Waits for a permit. Closing what is returned gives it back.
     *
     * @throws InterruptedException if the thread is interrupted; nothing is held then
     * @throws dev.roster.client.RosterRejectedException with {@code limit-mismatch} if others say that there are more or fewer
     *     permits
     */
    public HeldClaim acquire() throws InterruptedException {
        return acquire(1);
    }

    /** Waits for several permits, all or none. */
    public HeldClaim acquire(int permits) throws InterruptedException {
        return keeper.claim(ClaimSpec.permits(name, permits, limit));
    }

    /**
     * Takes permits if there are enough within a time.
     *
     * @param wait zero does not wait
     * @return empty if there were too few
     */
    public Optional<HeldClaim> tryAcquire(int permits, Duration wait) throws InterruptedException {
        return keeper.tryClaim(ClaimSpec.permits(name, permits, limit), wait);
    }
}
