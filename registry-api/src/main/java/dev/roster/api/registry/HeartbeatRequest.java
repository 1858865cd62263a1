package dev.roster.api.registry;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Signs of life of many instances at once.
 *
 * @param instances the instances, 1 to 1,000; needed
 */
public record HeartbeatRequest(@Nullable List<Target> instances) {

    /**
     * Names an instance.
     *
     * @param namespace namespace of the service; null means {@code default}
     * @param service name of the service; needed
     * @param id id of the instance; needed
     */
    public record Target(@Nullable String namespace, @Nullable String service, @Nullable String id) {}
}
