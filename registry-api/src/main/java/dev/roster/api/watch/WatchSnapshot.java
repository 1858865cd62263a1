package dev.roster.api.watch;

import dev.roster.api.registry.ServiceInstances;
import java.util.List;

/**
 * The state of everything watched at one revision.
 *
 * @param revision the revision; changes after it follow
 * @param services each watched service, in the order asked for
 * @param configs each watched item, in the order asked for
 */
public record WatchSnapshot(long revision, List<ServiceInstances> services, List<ConfigState> configs) {
    public WatchSnapshot {
        services = services == null ? List.of() : List.copyOf(services);
        configs = configs == null ? List.of() : List.copyOf(configs);
    }
}
