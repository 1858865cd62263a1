package dev.roster.server.registry;

import dev.roster.server.registry.LoadBalancing.Share;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where callers of a service are to send how much.
 *
 * @param service the service
 * @param protection whether instances that are down are among those to be called
 * @param zone where the callers are, null if that was not said
 * @param zonePreferred whether only instances of that zone have a weight
 * @param shares all that may be called, ordered by id
 */
public record LoadBalancingTable(RegisteredService service, Protection protection, @Nullable String zone,
        boolean zonePreferred, List<Share> shares) {
    public LoadBalancingTable {
        shares = List.copyOf(shares);
    }

    /** Returns when it becomes another one although nobody changes anything, null if it does not. */
    public @Nullable Instant changesAt() {
        return shares.stream().map(Share::next).filter(Objects::nonNull).min(Comparator.naturalOrder()).orElse(null);
    }

    /**
     * Returns what tells this table from every other for the same zone: the state of the service and the steps that are still
     * to be taken, which become fewer with the time as long as that state is the same.
     */
    public String tag() {
        return service.tag() + "-" + shares.stream().mapToInt(share -> LoadBalancing.STEPS - share.steps()).sum();
    }
}
