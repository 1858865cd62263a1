package dev.roster.spring.registration;

import dev.roster.client.InstanceKeeper;
import dev.roster.client.RosterClient;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * An instance that the application wants registered, and whether it may be: not while the application is ill, and not while
 * somebody has taken it out of service. One that is taken away drains before. Safe for use by several threads; what changes it
 * waits for Roster, some seconds at most, and what takes it away also for those who call it.
 */
final class ManagedInstance {
    private final RosterClient client;
    private final RosterRegistration registration;
    private final Duration drainTimeout;
    private final InstantSource clock;
    private boolean serving;
    private boolean ended;
    private @Nullable String override;
    private volatile @Nullable InstanceKeeper keeper;
    private volatile String unserving = RosterServiceRegistry.OUT_OF_SERVICE;
    private @Nullable Instant goneAt;

    /**
     * Registers the instance, if it may be.
     *
     * @param serving whether the application is well, as far as is known
     * @param drainTimeout how long to wait for its callers when it is taken away; zero does not wait
     */
    ManagedInstance(RosterClient client, RosterRegistration registration, boolean serving, Duration drainTimeout,
            InstantSource clock) {
        this.client = client;
        this.registration = registration;
        this.drainTimeout = drainTimeout;
        this.clock = clock;
        this.serving = serving;
        settle();
    }

    RosterRegistration registration() {
        return registration;
    }

    /** Returns what keeps the instance registered, null while it is not to be. */
    @Nullable
    InstanceKeeper keeper() {
        return keeper;
    }

    /** Returns {@code UP}, {@code DOWN}, {@code OUT_OF_SERVICE}, or {@code UNKNOWN} while Roster has not confirmed. Never waits. */
    String status() {
        InstanceKeeper kept = keeper;
        if (kept == null) {
            return unserving;
        }
        return kept.state() == InstanceKeeper.State.REGISTERED
                ? RosterServiceRegistry.UP
                : RosterServiceRegistry.UNKNOWN;
    }

    /** Says whether the application is well. */
    synchronized void serving(boolean well) {
        serving = well;
        settle();
    }

    /** Takes the instance out of service with this status, whatever its health; null ends that. */
    synchronized void override(@Nullable String status) {
        override = status;
        settle();
    }

    synchronized void end() {
        ended = true;
        settle();
    }

    /** Returns how much is left of a time that begins when the instance is gone; nothing if Roster never had it. */
    synchronized Duration left(Duration sinceGone) {
        Instant gone = goneAt;
        return gone == null ? Duration.ZERO : sinceGone.minus(Duration.between(gone, clock.instant()));
    }

    private synchronized void settle() {
        String taken = override;
        unserving = taken == null ? RosterServiceRegistry.DOWN : taken;
        boolean wanted = !ended && serving && taken == null;
        InstanceKeeper kept = keeper;
        if (wanted && kept == null) {
            goneAt = null;
            keeper = client.keep(registration.getServiceId(), registration.getInstanceId(), registration.toRequest());
        } else if (!wanted && kept != null) {
            keeper = null;
            boolean known = kept.state() == InstanceKeeper.State.REGISTERED;
            if (known && !drainTimeout.isZero()) {
                kept.drain(drainTimeout);
            }
            kept.close();
            goneAt = known ? clock.instant() : goneAt;
        }
    }
}
