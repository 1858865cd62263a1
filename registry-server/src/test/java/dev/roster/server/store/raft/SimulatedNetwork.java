package dev.roster.server.store.raft;

import io.atomix.cluster.messaging.ManagedMessagingService;
import io.atomix.cluster.messaging.MessagingException;
import io.atomix.cluster.messaging.MessagingService;
import io.atomix.utils.net.Address;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * A network between members of one process. Messages take their time, so that they overtake each other; they get lost, and
 * links can be cut in either direction. Whatever is lost is answered by a timeout, as it is by TCP.
 */
final class SimulatedNetwork {

    private static final long TIMEOUT_MILLIS = 1_000;

    private final Random random;
    private final ScheduledExecutorService timer;
    private final Map<Address, Endpoint> endpoints = new ConcurrentHashMap<>();
    private final Set<List<Address>> cuts = new HashSet<>();
    private final Set<Address> paused = new HashSet<>();
    private final Map<Address, List<Runnable>> held = new ConcurrentHashMap<>();
    private long mostDelayMicros = 500;
    private double loss;

    SimulatedNetwork(long seed, ScheduledExecutorService timer) {
        this.random = new Random(seed);
        this.timer = timer;
    }

    /** A member's end. A member that comes back gets a new one. */
    ManagedMessagingService join(Address address) {
        return new Endpoint(address);
    }

    /** Loses everything on its way from one member to another. */
    synchronized void cut(Address from, Address to) {
        cuts.add(List.of(from, to));
    }

    /** Keeps everything to and from a member until it goes on, as when its process is stopped. */
    synchronized void pause(Address member) {
        paused.add(member);
    }

    synchronized void disturb(long mostDelayMicros, double loss) {
        this.mostDelayMicros = mostDelayMicros;
        this.loss = loss;
    }

    /** Makes everything as it was at first. */
    void heal() {
        List<Runnable> late = new ArrayList<>();
        synchronized (this) {
            cuts.clear();
            paused.clear();
            mostDelayMicros = 500;
            loss = 0;
            held.values().forEach(late::addAll);
            held.clear();
        }
        late.forEach(Runnable::run);
    }

    private synchronized void transmit(Address from, Address to, Runnable arrival) {
        boolean lost = cuts.contains(List.of(from, to)) || (!from.equals(to) && random.nextDouble() < loss);
        if (lost) {
            return;
        }
        long delay = from.equals(to) ? 0 : random.nextLong(mostDelayMicros);
        Runnable unlessPaused = () -> arriveUnlessPaused(from, to, arrival);
        timer.schedule(unlessPaused, delay, TimeUnit.MICROSECONDS);
    }

    private void arriveUnlessPaused(Address from, Address to, Runnable arrival) {
        synchronized (this) {
            for (Address member : List.of(from, to)) {
                if (paused.contains(member)) {
                    held.computeIfAbsent(member, key -> new ArrayList<>()).add(arrival);
                    return;
                }
            }
        }
        arrival.run();
    }

    private final class Endpoint implements ManagedMessagingService {

        private final Address self;
        private final Map<String, BiFunction<Address, byte[], CompletableFuture<byte[]>>> handlers = new ConcurrentHashMap<>();
        private volatile boolean running;

        Endpoint(Address self) {
            this.self = self;
        }

        @Override
        public Address address() {
            return self;
        }

        private CompletableFuture<byte[]> call(Address to, String type, byte[] payload) {
            CompletableFuture<byte[]> answer = new CompletableFuture<>();
            transmit(self, to, () -> {
                Endpoint other = endpoints.get(to);
                var handler = other == null ? null : other.handlers.get(type);
                if (handler == null) {
                    answer.completeExceptionally(new MessagingException.NoRemoteHandler());
                    return;
                }
                var _ = handler.apply(self, payload).whenComplete((result, error) -> transmit(to, self, () -> {
                    if (error == null) {
                        answer.complete(result);
                    } else {
                        answer.completeExceptionally(new MessagingException.RemoteHandlerFailure());
                    }
                }));
            });
            timer.schedule(() -> answer.completeExceptionally(new TimeoutException(type + " to " + to)), TIMEOUT_MILLIS,
                    TimeUnit.MILLISECONDS);
            return answer;
        }

        @Override
        public CompletableFuture<Void> sendAsync(Address address, String type, byte[] payload, boolean keepAlive) {
            return call(address, type, payload).thenApply(ignored -> null);
        }

        @Override
        public CompletableFuture<byte[]> sendAndReceive(Address address, String type, byte[] payload,
                boolean keepAlive) {
            return call(address, type, payload);
        }

        @Override
        public CompletableFuture<byte[]> sendAndReceive(Address address, String type, byte[] payload, boolean keepAlive,
                Executor executor) {
            return call(address, type, payload).thenApplyAsync(answer -> answer, executor);
        }

        @Override
        public CompletableFuture<byte[]> sendAndReceive(Address address, String type, byte[] payload, boolean keepAlive,
                @Nullable Duration timeout) {
            return call(address, type, payload);
        }

        @Override
        public CompletableFuture<byte[]> sendAndReceive(Address address, String type, byte[] payload, boolean keepAlive,
                @Nullable Duration timeout, Executor executor) {
            return call(address, type, payload).thenApplyAsync(answer -> answer, executor);
        }

        @Override
        public void registerHandler(String type, BiConsumer<Address, byte[]> handler, Executor executor) {
            handlers.put(type, (from, payload) -> CompletableFuture.supplyAsync(() -> {
                handler.accept(from, payload);
                return new byte[0];
            }, executor));
        }

        @Override
        public void registerHandler(String type, BiFunction<Address, byte[], byte[]> handler, Executor executor) {
            handlers.put(type,
                    (from, payload) -> CompletableFuture.supplyAsync(() -> handler.apply(from, payload), executor));
        }

        @Override
        public void registerHandler(String type, BiFunction<Address, byte[], CompletableFuture<byte[]>> handler) {
            handlers.put(type, handler);
        }

        @Override
        public void unregisterHandler(String type) {
            handlers.remove(type);
        }

        @Override
        public CompletableFuture<MessagingService> start() {
            running = true;
            endpoints.put(self, this);
            return CompletableFuture.completedFuture(this);
        }

        @Override
        public boolean isRunning() {
            return running;
        }

        @Override
        public CompletableFuture<Void> stop() {
            running = false;
            endpoints.remove(self, this);
            return CompletableFuture.completedFuture(null);
        }
    }
}
