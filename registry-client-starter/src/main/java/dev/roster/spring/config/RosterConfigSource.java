package dev.roster.spring.config;

import dev.roster.api.config.ConfigClient;
import dev.roster.api.config.ConfigItem;
import dev.roster.api.watch.ConfigState;
import dev.roster.client.RosterClient;
import dev.roster.client.RosterRejectedException;
import dev.roster.client.Watched;
import dev.roster.client.Watched.Origin;
import dev.roster.spring.config.RosterConfigEvent.Problem;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The configuration items that an application imports, from its start until its end: made before there is an application
 * context, and kept for refreshes. Knows of each item which version the application runs with, and which one it could not take in;
 * that one is left out until there is another. Safe for use by several threads.
 */
public final class RosterConfigSource {
    private static final Duration STEP = Duration.ofMillis(100);

    private final RosterClient client;
    private final String application;
    private final ConfigClient identity;
    private final RosterConfigProperties properties;
    private final long deadline;
    private final Map<ItemName, Entry> entries = new ConcurrentHashMap<>();
    private volatile Runnable onChange = () -> {};
    private volatile Runnable onReport = () -> {};

    /**
     * Begins to wait for the server.
     *
     * @param application name of the application's own item
     * @param identity who the application is
     */
    RosterConfigSource(RosterClient client, String application, ConfigClient identity,
            RosterConfigProperties properties) {
        this.client = client;
        this.application = application;
        this.identity = identity;
        this.properties = properties;
        this.deadline = System.nanoTime() + properties.timeout().toNanos();
    }

    /**
     * An item as it is to be used.
     *
     * @param origin where it comes from, never {@link Origin#NONE}
     * @param item null when there is no such item
     * @param failure why the server was not heard, null if it was
     */
    record Answer(Origin origin, @Nullable ConfigItem item, @Nullable Exception failure) {}

    /**
     * What the application makes of an item.
     *
     * @param item the item
     * @param origin where the current version comes from
     * @param applied the version that the application runs with, 0 if it runs without
     * @param current the version that Roster told last, 0 if there is none
     * @param rejected the version that could not be taken in, null if the last one could
     * @param reason why it could not, null if it could
     * @param problems the properties at fault, as far as they are known
     */
    public record Report(ItemName item, Origin origin, long applied, long current, @Nullable Long rejected,
            @Nullable String reason, List<Problem> problems) {}

    /** A version, and nothing else, of an item that may not exist. */
    private record Version(long number, String hash) {
        private static final Version NONE = new Version(0, "");

        static Version of(@Nullable ConfigItem item) {
            return item == null ? NONE : new Version(item.version(), item.contentHash());
        }
    }

    /** One item. Guarded by itself. */
    private static final class Entry {
        private final Watched<ConfigState> watched;
        private @Nullable ConfigItem loaded;
        private @Nullable ConfigItem applied;
        private Version seen = Version.NONE;
        private @Nullable Version rejected;
        private @Nullable String reason;
        private List<Problem> problems = List.of();

        Entry(Watched<ConfigState> watched) {
            this.watched = watched;
        }

        /** Returns what is to be used of a state: it, or the version before if this one was rejected. */
        synchronized @Nullable ConfigItem take(@Nullable ConfigItem current) {
            seen = Version.of(current);
            loaded = seen.equals(rejected) ? applied : current;
            return loaded;
        }

        synchronized boolean isOutdated() {
            return watched.current().map(state -> !seen.equals(Version.of(state.item()))).orElse(false);
        }

        synchronized boolean isPending() {
            return !Version.of(loaded).equals(Version.of(applied));
        }

        synchronized long loadedVersion() {
            return Version.of(loaded).number();
        }

        synchronized void accept() {
            if (!seen.equals(rejected)) {
                rejected = null;
                reason = null;
                problems = List.of();
            }
            applied = loaded;
        }

        synchronized void reject(String why, List<Problem> atFault) {
            if (isPending()) {
                rejected = Version.of(loaded);
                reason = why;
                problems = List.copyOf(atFault);
                loaded = applied;
            }
        }

        synchronized Report report(ItemName item) {
            long current = watched.current().map(state -> Version.of(state.item()).number()).orElse(0L);
            Version refused = rejected;
            return new Report(item, watched.origin(), Version.of(applied).number(), current,
                    refused == null ? null : refused.number(), reason, problems);
        }
    }

    RosterClient client() {
        return client;
    }

    String application() {
        return application;
    }

    ConfigClient identity() {
        return identity;
    }

    RosterConfigProperties properties() {
        return properties;
    }

    String namespace() {
        return client.namespace();
    }

    /**
     * Returns an item, and notes that it is loaded. Waits for the server while the application's start may; not after.
     *
     * @throws RosterConfigUnavailableException if the server was not heard and there is no last good copy
     * @throws IllegalArgumentException if no item can have that name
     */
    Answer load(ItemName name) {
        Entry entry = entries.computeIfAbsent(name, key -> new Entry(
                client.inNamespace(key.namespace()).watch().config(key.name(), state -> delivered())));
        Exception failure = await(entry.watched);
        ConfigState state = entry.watched.current().orElse(null);
        if (state == null) {
            entry.take(null);
            throw new RosterConfigUnavailableException(name, failure);
        }
        return new Answer(entry.watched.origin(), entry.take(state.item()), failure);
    }

    /** Returns the items of which another version is current than the one that was loaded last, by name. */
    List<String> outdated() {
        return entries.entrySet().stream().filter(entry -> entry.getValue().isOutdated())
                .map(entry -> entry.getKey().shownIn(namespace())).sorted().toList();
    }

    /** Returns the versions that have been loaded and neither accepted nor rejected, by name of the item; 0 means none. */
    Map<String, Long> pending() {
        return entries.entrySet().stream().filter(entry -> entry.getValue().isPending())
                .collect(Collectors.toMap(entry -> entry.getKey().shownIn(namespace()),
                        entry -> entry.getValue().loadedVersion(), (one, other) -> one, TreeMap::new));
    }

    /** Notes that the application runs with what was loaded. */
    void accept() {
        entries.values().forEach(Entry::accept);
        onReport.run();
    }

    /**
     * Notes that the application cannot run with what was loaded since the last time, and goes on as before.
     *
     * @param problems the properties at fault, as far as they are known
     */
    void reject(String reason, List<Problem> problems) {
        entries.values().forEach(entry -> entry.reject(reason, problems));
        onReport.run();
    }

    /** Returns what the application makes of each item, by name. */
    public List<Report> reports() {
        return entries.entrySet().stream().map(entry -> entry.getValue().report(entry.getKey()))
                .sorted(Comparator.comparing(report -> report.item().shownIn(namespace()))).toList();
    }

    /** Sets what is told when an item changes, by the client's thread for listeners. It must not block. */
    void onChange(Runnable listener) {
        onChange = listener;
    }

    /** Sets what is told when {@link #reports} may say something else, by any thread. It must not block. */
    void onReport(Runnable listener) {
        onReport = listener;
    }

    private void delivered() {
        onChange.run();
        onReport.run();
    }

    private @Nullable Exception await(Watched<ConfigState> item) {
        try {
            while (item.origin() != Origin.SERVER && System.nanoTime() < deadline) {
                item.await(STEP);
                boolean enough = item.origin() == Origin.LAST_GOOD && client.watch().status().failure() != null;
                if (enough) {
                    break;
                }
            }
        } catch (RosterRejectedException e) {
            return e;
        }
        if (item.origin() == Origin.SERVER) {
            return null;
        }
        Exception failure = client.watch().status().failure();
        return failure == null ? new IllegalStateException("no answer within " + properties.timeout()) : failure;
    }
}
