package dev.roster.api.registry;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * Whether so many instances of a service have failed at once that callers are given those that failed, too. Instances that
 * are starting, draining or out of service do not count.
 *
 * @param active whether it is so
 * @param threshold share of healthy instances below which it is so, 0 to 1; 0 means never
 * @param healthy how many instances are healthy
 * @param serving how many are meant to serve, healthy or not
 * @param expiryHeld whether very many instances of all services fell silent at once and are therefore kept; null where that
 *     is not told
 */
public record Protection(boolean active, double threshold, int healthy, int serving, @Nullable Boolean expiryHeld) {

    /** Computes it, as the server does. */
    static Protection of(@Nullable ServiceDefinition definition, Collection<Instance> instances) {
        double threshold = definition == null ? 0 : definition.protectionThreshold();
        int healthy = (int) instances.stream().filter(instance -> instance.status().isHealthy()).count();
        int down = (int) instances.stream().filter(instance -> instance.status() == InstanceStatus.DOWN).count();
        return new Protection(healthy < threshold * (healthy + down), threshold, healthy, healthy + down, null);
    }
}
