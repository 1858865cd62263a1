package dev.roster.api.config;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An application that does not run with the current version of an item yet, or not well.
 *
 * @param client which one
 * @param application its name, null if not said
 * @param fetchedVersion the version that it has fetched, 0 for none
 * @param appliedVersion the version that it runs with, 0 for none
 * @param errors what it could not make use of
 * @param reportedAt when it said so
 */
public record PendingClient(String client, @Nullable String application, long fetchedVersion, long appliedVersion,
        List<BindingError> errors, Instant reportedAt) {
    public PendingClient {
        errors = List.copyOf(errors);
    }
}
