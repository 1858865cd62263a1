package dev.roster.server.config.delivery;

import dev.roster.server.config.ItemKey;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far the current version of an item has come, as the applications say that talk to this member.
 *
 * @param revision the store revision of the current version
 * @param item the item
 * @param version its current version
 * @param clients how many applications follow the item
 * @param fetched how many of them have fetched the current version
 * @param applied how many run with it, without errors
 * @param failed how many have fetched it and report errors
 * @param versions what they run with, the newest version first
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
     * How many applications run with a version.
     *
     * @param version the version, 0 for none
     * @param clients how many
     */
    public record Count(long version, int clients) {}

    /**
     * An application that does not run with the current version yet, or not well.
     *
     * @param client which one
     * @param application its name, null if not said
     * @param report what it says of the item
     * @param reportedAt when it said so
     */
    public record Pending(ClientName client, @Nullable String application, ItemReport report, Instant reportedAt) {}
}
