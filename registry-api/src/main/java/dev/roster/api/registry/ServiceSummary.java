package dev.roster.api.registry;

import org.jspecify.annotations.Nullable;

/**
 * A service as a list shows it.
 *
 * @param namespace namespace of the service
 * @param name name of the service
 * @param instances how many instances are registered
 * @param healthy how many of them are healthy
 * @param protectionActive whether so many have failed at once that callers are given those that failed, too
 * @param owner who answers for it, null if that was not said
 */
public record ServiceSummary(String namespace, String name, int instances, int healthy, boolean protectionActive,
        @Nullable String owner) {

    /** Makes a service of healthy instances, for which nobody answers. */
    public ServiceSummary(String namespace, String name, int instances) {
        this(namespace, name, instances, instances, false, null);
    }
}
