package dev.roster.client;

import dev.roster.api.config.ConfigClient;
import dev.roster.api.registry.Instance;
import dev.roster.api.registry.ServiceDefinition;
import dev.roster.api.registry.ServiceInstances;
import dev.roster.api.watch.ConfigState;
import dev.roster.api.watch.WatchChange;
import dev.roster.api.watch.WatchRequest;
import dev.roster.api.watch.WatchSnapshot;
import dev.roster.client.WatchKey.Kind;
import dev.roster.client.Watched.Origin;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What is followed, its state, and the revision up to which the state is known. The stream's thread feeds it; any thread may
 * subscribe. One lock guards it; nothing foreign is called under the lock.
 */
final class Subscriptions {
    private final Dispatcher dispatcher;
    private final LastGood lastGood;
    private final Listener listener;
    private final @Nullable ConfigClient client;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<WatchKey, WatchTarget<ServiceInstances>> services = new LinkedHashMap<>();
    private final Map<WatchKey, WatchTarget<ConfigState>> configs = new LinkedHashMap<>();
    private long revision;
    private long version;
    private @Nullable RosterRejectedException rejection;

    /** Told when the set of what is followed has changed. Called without the lock. */
    interface Listener {
        void grown();

        void shrunk();
    }

    /**
     * What to ask the server for.
     *
     * @param request the request
     * @param version of the set of what is followed
     */
    record Wanted(WatchRequest request, long version) {}

    Subscriptions(Dispatcher dispatcher, LastGood lastGood, @Nullable ConfigClient client, Listener listener) {
        this.dispatcher = dispatcher;
        this.lastGood = lastGood;
        this.client = client;
        this.listener = listener;
    }

    Watched<ServiceInstances> service(String namespace, String name, Consumer<? super ServiceInstances> consumer) {
        return subscribe(services, new WatchKey(Kind.SERVICE, namespace, name), consumer,
                (a, b) -> a.instances().equals(b.instances()) && Objects.equals(a.definition(), b.definition()),
                lastGood::service);
    }

    Watched<ConfigState> config(String namespace, String name, Consumer<? super ConfigState> consumer) {
        return subscribe(configs, new WatchKey(Kind.CONFIG, namespace, name), consumer,
                (a, b) -> Objects.equals(a.item(), b.item()), lastGood::config);
    }

    private <T> Watched<T> subscribe(Map<WatchKey, WatchTarget<T>> targets, WatchKey key, Consumer<? super T> consumer,
            BiPredicate<T, T> same, Function<WatchKey, Optional<T>> stored) {
        boolean grown = false;
        WatchTarget<T> target;
        lock.lock();
        try {
            target = targets.get(key);
            if (target == null) {
                if (targets.size() >= WatchOperations.MAX_TARGETS) {
                    throw new IllegalStateException(
                            "cannot follow '" + key.name() + "': " + WatchOperations.MAX_TARGETS
                                    + " are followed already");
                }
                target = new WatchTarget<>(key, same, dispatcher);
                stored.apply(key).ifPresent(target::restore);
                targets.put(key, target);
                version++;
                grown = true;
            }
            target.addListener(consumer);
        } finally {
            lock.unlock();
        }
        if (grown) {
            listener.grown();
        }
        return new Handle<>(targets, target, consumer);
    }

    /** Returns what to ask the server for; empty while nothing is followed. */
    Optional<Wanted> wanted() {
        lock.lock();
        try {
            if (services.isEmpty() && configs.isEmpty()) {
                return Optional.empty();
            }
            boolean resume = revision > 0 && services.values().stream().allMatch(WatchTarget::synced)
                    && configs.values().stream().allMatch(WatchTarget::synced);
            return Optional.of(new Wanted(new WatchRequest(services.keySet().stream().map(WatchKey::target).toList(),
                    configs.keySet().stream().map(WatchKey::target).toList(), resume ? revision : null, client),
                    version));
        } finally {
            lock.unlock();
        }
    }

    /** Returns the version of the set of what is followed, which changes with it. */
    long version() {
        lock.lock();
        try {
            return version;
        } finally {
            lock.unlock();
        }
    }

    long revision() {
        lock.lock();
        try {
            return revision;
        } finally {
            lock.unlock();
        }
    }

    void apply(WatchSnapshot snapshot) {
        update(snapshot.revision(), () -> {
            for (ServiceInstances service : snapshot.services()) {
                put(services, new WatchKey(Kind.SERVICE, service.namespace(), service.service()), service);
            }
            for (ConfigState config : snapshot.configs()) {
                put(configs, new WatchKey(Kind.CONFIG, config.namespace(), config.name()), config);
            }
        });
    }

    void apply(WatchChange change) {
        update(change.revision(), () -> {
            Map<WatchKey, Map<String, Instance>> touched = new LinkedHashMap<>();
            for (WatchChange.InstanceChange instance : change.instances()) {
                WatchKey key = new WatchKey(Kind.SERVICE, instance.namespace(), instance.service());
                if (!isSynced(services, key)) {
                    continue;
                }
                Map<String, Instance> byId = touched.computeIfAbsent(key, this::instancesById);
                Instance now = instance.instance();
                if (now == null) {
                    byId.remove(instance.id());
                } else {
                    byId.put(instance.id(), now);
                }
            }
            Map<WatchKey, Optional<ServiceDefinition>> redefined = new LinkedHashMap<>();
            for (WatchChange.ServiceChange service : change.services()) {
                WatchKey key = new WatchKey(Kind.SERVICE, service.namespace(), service.service());
                if (isSynced(services, key)) {
                    redefined.put(key, Optional.ofNullable(service.definition()));
                    touched.computeIfAbsent(key, this::instancesById);
                }
            }
            touched.forEach((key, byId) -> put(services, key,
                    new ServiceInstances(key.namespace(), key.name(), change.revision(),
                            redefined.getOrDefault(key, definition(key)).orElse(null), List.copyOf(byId.values()))));
            for (ConfigState config : change.configs()) {
                WatchKey key = new WatchKey(Kind.CONFIG, config.namespace(), config.name());
                if (isSynced(configs, key)) {
                    put(configs, key, config);
                }
            }
        });
    }

    // A target that was taken away and is back waits for its snapshot: the stream at hand may still tell of the old one.
    private static <T> boolean isSynced(Map<WatchKey, WatchTarget<T>> targets, WatchKey key) {
        WatchTarget<T> target = targets.get(key);
        return target != null && target.synced();
    }

    /** Notes that everything up to a revision has been told. */
    void progress(long to) {
        update(to, () -> {});
    }

    private void update(long to, Runnable changes) {
        lock.lock();
        try {
            changes.run();
            revision = to;
            rejection = null;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Gives the revision up: the next request asks for a snapshot. The states stay, to be compared with it. */
    void forgetRevision() {
        lock.lock();
        try {
            revision = 0;
            services.values().forEach(WatchTarget::forget);
            configs.values().forEach(WatchTarget::forget);
        } finally {
            lock.unlock();
        }
    }

    /** Notes that the server refuses the stream. */
    void rejected(RosterRejectedException reason) {
        lock.lock();
        try {
            rejection = reason;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private Map<String, Instance> instancesById(WatchKey key) {
        Map<String, Instance> byId = new TreeMap<>();
        WatchTarget<ServiceInstances> target = services.get(key);
        ServiceInstances known = target == null ? null : target.state().value();
        if (known != null) {
            known.instances().forEach(instance -> byId.put(instance.id(), instance));
        }
        return byId;
    }

    private Optional<ServiceDefinition> definition(WatchKey key) {
        WatchTarget<ServiceInstances> target = services.get(key);
        ServiceInstances known = target == null ? null : target.state().value();
        return known == null ? Optional.empty() : Optional.ofNullable(known.definition());
    }

    private <T> void put(Map<WatchKey, WatchTarget<T>> targets, WatchKey key, T value) {
        WatchTarget<T> target = targets.get(key);
        if (target != null && target.update(value)) {
            lastGood.put(key, value);
        }
    }

    private final class Handle<T> implements Watched<T> {
        private final Map<WatchKey, WatchTarget<T>> targets;
        private final WatchTarget<T> target;
        private final Consumer<? super T> consumer;
        private boolean closed;

        Handle(Map<WatchKey, WatchTarget<T>> targets, WatchTarget<T> target, Consumer<? super T> consumer) {
            this.targets = targets;
            this.target = target;
            this.consumer = consumer;
        }

        @Override
        public Optional<T> current() {
            return Optional.ofNullable(target.state().value());
        }

        @Override
        public Origin origin() {
            return target.state().origin();
        }

        @Override
        public CompletableFuture<T> fromServer() {
            return target.fromServer().copy();
        }

        @Override
        public Optional<T> await(Duration timeout) {
            long left = timeout.toNanos();
            lock.lock();
            try {
                while (origin() != Origin.SERVER && left > 0) {
                    if (rejection != null) {
                        throw new RosterRejectedException(rejection.problem());
                    }
                    left = changed.awaitNanos(left);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                lock.unlock();
            }
            return current();
        }

        @Override
        public void close() {
            boolean shrunk = false;
            lock.lock();
            try {
                if (!closed) {
                    closed = true;
                    shrunk = !target.removeListener(consumer) && targets.remove(target.key(), target);
                    version += shrunk ? 1 : 0;
                }
            } finally {
                lock.unlock();
            }
            if (shrunk) {
                listener.shrunk();
            }
        }
    }
}
