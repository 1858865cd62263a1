package dev.roster.server.registry;

import java.util.Collection;

/**
 * Whether so many instances of a service have failed at once that callers are given those that failed, too: then it is more
 * likely that the checks are wrong than that the instances are, and the few that are left would not bear the traffic (as in
 * Nacos, protection threshold). Instances that are not meant to serve do not count.
 *
 * @param threshold share of healthy instances below which it is so, 0 to 1; 0 means never
 * @param healthy how many instances are healthy
 * @param serving how many are meant to serve, healthy or not
 */
public record Protection(double threshold, int healthy, int serving) {

    static Protection of(ServiceDefinition definition, Collection<RegisteredInstance> instances) {
        int healthy = 0;
        int serving = 0;
        for (RegisteredInstance instance : instances) {
            InstanceStatus status = instance.status();
            healthy += status.isHealthy() ? 1 : 0;
            serving += status.isMeantToServe() ? 1 : 0;
        }
        return new Protection(definition.protectionThreshold(), healthy, serving);
    }

    /** Tells whether callers may be sent to an instance of this status. */
    boolean lets(InstanceStatus status) {
        return isActive() ? status.isMeantToServe() : status.isHealthy();
    }

    /** Tells whether callers are given all instances that are meant to serve. */
    public boolean isActive() {
        return healthy < threshold * serving;
    }
}
