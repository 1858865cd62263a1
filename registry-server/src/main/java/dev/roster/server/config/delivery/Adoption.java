package dev.roster.server.config.delivery;

import dev.roster.server.config.ItemKey;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far the current version of an item has come, as applications say, whichever member they talk to.
 *
 * @param revision the store revision of the current version
 * @param item the item
 * @param version its current version
 * @param clients how many applications follow the item
 * @param fetched how many of them have fetched the current version
 * @param applied how many run with it, without errors
 * @param failed how many have fetched it and report errors
 * @param versions what they make of each version that one of them runs with or has fetched, the newest version first
 * @param pending those that do not run with the current version without errors: first those with errors, then by name; at
 *     most {@link DeliveryReports#MAX_PENDING}
 */
public record Adoption(long revision, ItemKey item, long version, int clients, int fetched, int applied, int failed,
        List<Count> versions, List<Pending> pending) {
    public Adoption {
        versions = List.copyOf(versions);
        pending = List.copyOf(pending);
    }

    /**
     * What applications make of a version.
     *
     * @param version the version, 0 for none
     * @param clients how many run with it
     * @param applied how many of them report no errors
     * @param fetched of how many it is the version that they have fetched last
     * @param failed how many of these report errors
     * @param unhealthy how many of those that run with it are not well, by their own word or as {@link ClientHealth} knows
     */
    public record Count(long version, int clients, int applied, int fetched, int failed, int unhealthy) {

        /** Returns what applications make of a version that none knows. */
        public static Count none(long version) {
            return new Count(version, 0, 0, 0, 0, 0);
        }

        /** Returns the sum of what some make of a version and what others do. */
        Count plus(Count other) {
            return new Count(version, clients + other.clients, applied + other.applied, fetched + other.fetched,
                    failed + other.failed, unhealthy + other.unhealthy);
        }
    }

    /** Returns what applications make of a version. */
    public Count of(long wanted) {
        return versions.stream().filter(count -> count.version() == wanted).findFirst().orElse(Count.none(wanted));
    }

    /**
     * An application that does not run with the current version yet, or not well.
     *
     * @param client which one
     * @param application its name, null if not said
     * @param report what it says of the item
     * @param reportedAt since when it says so
     */
    public record Pending(ClientName client, @Nullable String application, ItemReport report, Instant reportedAt) {}
}
