package dev.roster.server.registry;

import java.time.Instant;
import java.util.Map;

/**
 * An instance as the registry holds it.
 *
 * @param key which one
 * @param registration what it said of itself
 * @param registeredAt when it said so, by the clock of the member that took the registration
 * @param statusSince since when it has its status, by the clock of the member that noted the change
 * @param revision store revision of the last change of anything here
 */
public record RegisteredInstance(InstanceKey key, Registration registration, Instant registeredAt, Instant statusSince,
        long revision) {

    /** Returns the status that counts. */
    public InstanceStatus status() {
        return registration.status();
    }

    /** Returns who says so. */
    public StatusSource statusSource() {
        return StatusSource.REGISTERED;
    }

    /** Returns the weight that counts. */
    public double weight() {
        return registration.traits().weight();
    }

    /** Returns the metadata that counts. */
    public Map<String, String> metadata() {
        return registration.traits().metadata();
    }
}
