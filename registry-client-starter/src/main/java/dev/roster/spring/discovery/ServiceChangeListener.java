package dev.roster.spring.discovery;

/**
 * Beans of this type are told of each change to a service that the application has looked up, before the
 * {@code HeartbeatEvent} is published. Called by the client's thread for listeners, so it must not block.
 */
@FunctionalInterface
public interface ServiceChangeListener {

    /** Says that the instances of a service are others than before. */
    void changed(String service);
}
