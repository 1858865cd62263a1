package dev.roster.api.registry;

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
}
