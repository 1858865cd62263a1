package dev.roster.api.watch;

import dev.roster.api.config.ConfigClient;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a process wants to follow.
 *
 * @param services services whose instances are wanted, at most 1,000; null means none
 * @param configs configuration items that are wanted, whether or not they exist yet, at most 1,000; null means none
 * @param since the last revision that the caller has seen: only later changes are sent and no snapshot; null asks for
 *     a snapshot. When the server no longer has the changes since then it answers 410.
 * @param client who asks, for gray releases; null means nobody that they choose
 * @param subscriber what the reader calls itself, unique among the processes that follow: 1 to 128 letters, digits, dots,
 *     colons, hyphens and underscores. Whoever gives it acknowledges the events, and is waited for when an instance is
 *     drained; null means that the reader does not acknowledge.
 */
public record WatchRequest(@Nullable List<Target> services, @Nullable List<Target> configs, @Nullable Long since,
        @Nullable ConfigClient client, @Nullable String subscriber) {

    /** Makes a request of a reader that does not acknowledge. */
    public WatchRequest(@Nullable List<Target> services, @Nullable List<Target> configs, @Nullable Long since,
            @Nullable ConfigClient client) {
        this(services, configs, since, client, null);
    }

    /**
     * Names a service or a configuration item.
     *
     * @param namespace namespace; null means {@code default}
     * @param name name within the namespace
     */
    public record Target(@Nullable String namespace, @Nullable String name) {}
}
