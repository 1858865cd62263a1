package dev.roster.server.registry;

import java.util.Locale;

/** Whether an instance is to be called. */
public enum InstanceStatus {
    /** Ready for its share of the traffic. */
    UP,
    /** Ready, but something about it is not as it should be. */
    WARNING,
    /** Not ready yet. */
    STARTING,
    /** About to leave: finishes what it has, and is to be given nothing new. */
    DRAINING,
    /** Taken out of use on purpose. */
    OUT_OF_SERVICE,
    /** Unable to do its work. */
    DOWN;

    /** Tells whether callers may be sent to it. */
    public boolean isHealthy() {
        return this == UP || this == WARNING;
    }

    /**
     * Tells whether it is meant to be called, healthy or not. An instance that is starting, draining or out of service is
     * not: so it neither counts for the protection of its service, nor is it offered for the sake of it.
     */
    public boolean isMeantToServe() {
        return isHealthy() || this == DOWN;
    }

    /** Returns the name as callers write it: in lower case. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
