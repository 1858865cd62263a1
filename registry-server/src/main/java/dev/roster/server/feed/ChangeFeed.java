package dev.roster.server.feed;

import dev.roster.server.config.ConfigChanges;
import dev.roster.server.config.ItemStatus;
import dev.roster.server.config.gray.GrayChanges;
import dev.roster.server.config.gray.GrayClient;
import dev.roster.server.config.gray.GrayView;
import dev.roster.server.registry.InstanceEvent;
import dev.roster.server.registry.RegistryChanges;
import dev.roster.server.registry.RegistryView;
import dev.roster.server.registry.ServiceEvent;
import dev.roster.server.security.Caller;
import dev.roster.server.security.Role;
import dev.roster.server.store.KeyEvent;
import dev.roster.server.store.KeyRange;
import dev.roster.server.store.ReadView;
import dev.roster.server.store.Revision;
import dev.roster.server.store.Store;
import dev.roster.server.store.Watch;
import dev.roster.server.store.WatchListener;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Shows services and configuration together, as they are at one revision and as they change from there. Following from the
 * revision of a snapshot misses nothing and repeats nothing. May be used by any thread; nothing here waits.
 */
public final class ChangeFeed {
    private final Store store;

    /** Makes the feed. */
    public ChangeFeed(Store store) {
        this.store = store;
    }

    /** Returns everything of an interest as this member's replica shows it now. */
    public Snapshot snapshot(Caller caller, Interest interest) {
        caller.require(Role.READER);
        ReadView view = store.view();
        RegistryView registry = new RegistryView(view);
        GrayView config = new GrayView(view, interest.client());
        return new Snapshot(view.revision().value(), interest.services().stream().map(registry::service).toList(),
                interest.items().stream()
                        .map(item -> new ItemStatus(item, config.findRelease(item).orElse(null)))
                        .toList());
    }

    /**
     * Follows an interest.
     *
     * @param after the last revision that the caller has seen; changes after it are told
     * @throws dev.roster.server.store.RevisionCompactedException if changes after {@code after} are no longer all kept
     * @throws dev.roster.server.store.RevisionAheadException if this member's replica has not reached {@code after}
     */
    public Subscription follow(Caller caller, Interest interest, long after, ChangeListener listener) {
        caller.require(Role.READER);
        List<KeyRange> ranges = new ArrayList<>();
        interest.services().forEach(service -> ranges.add(RegistryChanges.range(service)));
        interest.items().forEach(item -> {
            ranges.add(ConfigChanges.range(item));
            ranges.add(GrayChanges.range(item));
        });
        return new WatchSubscription(store.watch(ranges, new Revision(after),
                new Decoder(listener, interest.client(), store::view)));
    }

    private record WatchSubscription(Watch watch) implements Subscription {
        @Override
        public void requestProgress() {
            watch.requestProgress();
        }

        @Override
        public void close() {
            watch.close();
        }
    }

    /** Turns changes of keys into those of instances and items. */
    private record Decoder(ChangeListener listener, GrayClient client, Supplier<ReadView> view)
            implements
                WatchListener {
        @Override
        public void onEvents(Revision revision, List<KeyEvent> events) {
            List<ServiceEvent> services = events.stream().map(RegistryChanges::decodeService)
                    .flatMap(Optional::stream).toList();
            List<InstanceEvent> instances = events.stream().map(RegistryChanges::decodeInstance)
                    .flatMap(Optional::stream).toList();
            List<ItemStatus> items = items(events);
            if (!services.isEmpty() || !instances.isEmpty() || !items.isEmpty()) {
                listener.onChange(new Change(revision.value(), services, instances, items));
            }
        }

        /** Decodes versions, which everybody gets, and then steps of gray releases of the other items. */
        private List<ItemStatus> items(List<KeyEvent> events) {
            List<ItemStatus> items = new ArrayList<>();
            events.forEach(event -> ConfigChanges.decode(event).ifPresent(items::add));
            for (KeyEvent event : events) {
                GrayChanges.item(event)
                        .filter(item -> items.stream().noneMatch(status -> status.item().equals(item)))
                        .flatMap(_ -> GrayChanges.decode(event, client, view)).ifPresent(items::add);
            }
            return items;
        }

        @Override
        public void onProgress(Revision revision) {
            listener.onProgress(revision.value());
        }

        @Override
        public void onCompacted(Revision oldest) {
            listener.onCompacted(oldest.value());
        }
    }
}
