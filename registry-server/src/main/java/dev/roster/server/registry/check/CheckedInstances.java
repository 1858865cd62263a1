package dev.roster.server.registry.check;

import dev.roster.server.registry.InstanceKey;
import dev.roster.server.registry.RegisteredInstance;
import dev.roster.server.registry.RegistryChanges;
import dev.roster.server.registry.RegistryView;
import dev.roster.server.store.KeyEvent;
import dev.roster.server.store.ReadView;
import dev.roster.server.store.Revision;
import dev.roster.server.store.RevisionCompactedException;
import dev.roster.server.store.Store;
import dev.roster.server.store.Watch;
import dev.roster.server.store.WatchListener;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The instances that have checks or flap, as this member's replica shows them, a moment late. {@link #follow} and {@link #close} are
 * for one thread; the rest may be used by any.
 */
final class CheckedInstances implements AutoCloseable {
    private final Store store;
    private final Map<InstanceKey, RegisteredInstance> instances = new ConcurrentHashMap<>();
    private volatile boolean behind = true;
    private @Nullable Watch watch;

    CheckedInstances(Store store) {
        this.store = store;
    }

    /** Begins to follow the store, or begins anew when it has got too far ahead. */
    void follow() {
        if (!behind) {
            return;
        }
        close();
        instances.clear();
        ReadView view = store.view();
        new RegistryView(view).forEachInstance(this::note);
        try {
            watch = store.watch(List.of(RegistryChanges.everything()), view.revision(), new Follower());
            behind = false;
        } catch (RevisionCompactedException e) {
            // So much was written meanwhile that the next call has to read all of it again.
            behind = true;
        }
    }

    Collection<RegisteredInstance> all() {
        return instances.values();
    }

    @Override
    public void close() {
        if (watch != null) {
            watch.close();
            watch = null;
        }
        behind = true;
    }

    private void note(RegisteredInstance instance) {
        if (instance.checks().isEmpty() && !instance.isFlapping()) {
            instances.remove(instance.key());
        } else {
            instances.put(instance.key(), instance);
        }
    }

    private final class Follower implements WatchListener {
        @Override
        public void onEvents(Revision revision, List<KeyEvent> events) {
            for (KeyEvent event : events) {
                RegistryChanges.decodeInstance(event).ifPresent(change -> {
                    RegisteredInstance instance = change.instance();
                    if (instance == null) {
                        instances.remove(change.key());
                    } else {
                        note(instance);
                    }
                });
            }
        }

        @Override
        public void onProgress(Revision revision) {
            // Only changes matter here.
        }

        @Override
        public void onCompacted(Revision oldest) {
            behind = true;
        }
    }
}
