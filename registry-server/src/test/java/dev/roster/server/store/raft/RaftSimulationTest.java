package dev.roster.server.store.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.roster.server.store.Compare;
import dev.roster.server.store.Key;
import dev.roster.server.store.KeyRange;
import dev.roster.server.store.KeyValue;
import dev.roster.server.store.OutcomeUnknownException;
import dev.roster.server.store.PutKey;
import dev.roster.server.store.ReadView;
import dev.roster.server.store.ReplicatedStore;
import dev.roster.server.store.Revision;
import dev.roster.server.store.StateMachine;
import dev.roster.server.store.Store;
import dev.roster.server.store.StoreException;
import dev.roster.server.store.Txn;
import dev.roster.server.store.TxnResult;
import dev.roster.server.store.Value;
import dev.roster.server.store.codec.BatchMachine;
import io.atomix.utils.net.Address;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Three members over a network that delays, reorders, loses, cuts and pauses, while members are restarted and take snapshots;
 * the members themselves are the real ones. Clients write, compare and read meanwhile. The faults come from a seed, which is
 * printed; threads and elections have their own time, so that a run is like another with its seed, not the same.
 *
 * <p>{@code -Droster.simulation.seed} repeats the faults of a run, {@code -Droster.simulation.seconds} makes it longer.
 */
@Isolated
class RaftSimulationTest {

    private static final int CLIENTS = 6;
    private static final int KEYS = 8;
    private static final long SEED = Long.getLong("roster.simulation.seed", System.nanoTime());
    private static final Duration LENGTH = Duration.ofSeconds(Long.getLong("roster.simulation.seconds", 12));

    /** A command is told its outcome after 3 s here; whoever waits longer is forgotten. */
    private static final Duration COMMAND_TIMEOUT = Duration.ofSeconds(3);
    private static final Duration HUNG = Duration.ofSeconds(10);

    @TempDir
    Path directory;

    private final Random random = new Random(SEED);
    private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(2);
    private final ExecutorService watches = Executors.newVirtualThreadPerTaskExecutor();
    private final SimulatedNetwork network = new SimulatedNetwork(SEED, timer);
    private final List<MemberAddress> addresses = List.of(new MemberAddress("m1", "127.0.0.1", 1),
            new MemberAddress("m2", "127.0.0.1", 2), new MemberAddress("m3", "127.0.0.1", 3));
    private final Map<String, AtomixReplicator> members = new ConcurrentHashMap<>();
    private final Queue<String> fatalities = new ConcurrentLinkedQueue<>();
    private final Queue<String> violations = new ConcurrentLinkedQueue<>();

    /** What was acknowledged: the value that a client had written to a key, by the revision at which it did. */
    private final Map<Long, Written> acknowledged = new ConcurrentHashMap<>();
    private final Queue<String> mayHaveBeenWritten = new ConcurrentLinkedQueue<>();
    private final AtomicLong highestAcknowledged = new AtomicLong();
    private final AtomicInteger unknown = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private final AtomicInteger reads = new AtomicInteger();
    private volatile boolean running = true;

    private record Written(Key key, String value) {}

    @AfterEach
    void close() {
        network.heal();
        members.values().forEach(AtomixReplicator::close);
        timer.shutdownNow();
        watches.shutdownNow();
    }

    @Test
    void losesNothingAndInventsNothing() throws Exception {
        addresses.forEach(address -> start(address.id()));
        await("a leader").atMost(Duration.ofSeconds(30)).until(() -> members.get("m1").leader().isPresent());
        List<String> faults = new ArrayList<>();
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                int client = i;
                long seed = random.nextLong();
                running.add(clients.submit(() -> work(client, new Random(seed))));
            }
            long end = System.nanoTime() + LENGTH.toNanos();
            while (System.nanoTime() < end) {
                faults.add(disturb());
            }
            network.heal();
            this.running = false;
            for (Future<?> client : running) {
                client.get(60, TimeUnit.SECONDS);
            }
        }
        report(faults);

        assertThat(fatalities).isEmpty();
        assertThat(violations).isEmpty();
        assertThat(acknowledged).hasSizeGreaterThan(10);
        checkReplicas();
    }

    private void report(List<String> faults) {
        System.out.printf(
                "roster.simulation.seed=%d: %d faults, %d writes acknowledged, %d unknown, %d refused, %d reads; %d violations%n",
                SEED, faults.size(), acknowledged.size(), unknown.get(), refused.get(), reads.get(), violations.size());
    }

    private AtomixReplicator start(String member) {
        RaftConfig config = new RaftConfig(member, addresses, "127.0.0.1", directory.resolve(member),
                Duration.ofMillis(300), Duration.ofMillis(60), COMMAND_TIMEOUT, null);
        AtomixReplicator started = AtomixReplicator.start(config, new BatchMachine(StateMachine.empty()),
                (of, address, messaging) -> network.join(address), new SimpleMeterRegistry(),
                (message, cause) -> fatalities.add(member + ": " + message + " " + cause));
        members.put(member, started);
        return started;
    }

    private static Address address(MemberAddress member) {
        return Address.from(member.host(), member.port());
    }

    /** Does one thing to the network or a member, for a while. */
    private String disturb() throws InterruptedException {
        MemberAddress victim = addresses.get(random.nextInt(addresses.size()));
        long millis = 200 + random.nextInt(1_300);
        String fault = switch (random.nextInt(7)) {
            case 0 -> {
                others(victim).forEach(other -> cut(victim, other, true));
                yield "isolate " + victim.id();
            }
            case 1 -> {
                MemberAddress other = others(victim).get(random.nextInt(2));
                cut(victim, other, false);
                yield "cut " + victim.id() + " to " + other.id();
            }
            case 2 -> {
                network.pause(address(victim));
                yield "pause " + victim.id();
            }
            case 3 -> {
                network.disturb(30_000, 0);
                yield "delay and reorder";
            }
            case 4 -> {
                network.disturb(2_000, 0.1);
                yield "lose";
            }
            case 5 -> {
                members.remove(victim.id()).close();
                start(victim.id());
                yield "restart " + victim.id();
            }
            default -> {
                var _ = members.get(victim.id()).takeSnapshot();
                yield "snapshot of " + victim.id();
            }
        };
        // Neither sleep waits for something: how long a fault lasts, and the time until the next, follow from the seed.
        Thread.sleep(millis);
        network.heal();
        Thread.sleep(random.nextInt(600));
        return fault;
    }

    private List<MemberAddress> others(MemberAddress member) {
        return addresses.stream().filter(other -> !other.equals(member)).toList();
    }

    private void cut(MemberAddress one, MemberAddress other, boolean bothWays) {
        network.cut(address(one), address(other));
        if (bothWays) {
            network.cut(address(other), address(one));
        }
    }

    private void work(int client, Random choice) {
        for (int i = 0; running; i++) {
            String member = addresses.get(choice.nextInt(addresses.size())).id();
            AtomixReplicator replicator = members.get(member);
            if (replicator == null) {
                continue;
            }
            Store store = new ReplicatedStore(replicator, watches);
            Key key = Key.of("key" + choice.nextInt(KEYS));
            try {
                if (choice.nextInt(3) == 0) {
                    read(store, key);
                } else {
                    write(store, key, "client " + client + " write " + i, choice.nextBoolean());
                }
            } catch (TimeoutException e) {
                violations.add("client " + client + " hung at " + member);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    /** A read that begins after a write was acknowledged shows it. */
    private void read(Store store, Key key) throws InterruptedException, TimeoutException {
        long before = highestAcknowledged.get();
        try {
            ReadView view = store.linearizableView().get(HUNG.toMillis(), TimeUnit.MILLISECONDS);
            reads.incrementAndGet();
            if (view.revision().value() < before) {
                violations.add("read at " + view.revision().value() + " after " + before + " was acknowledged");
            }
            Optional<KeyValue> found = view.find(key);
            found.ifPresent(value -> checkKnown(key, value));
        } catch (ExecutionException e) {
            expectStoreException(e);
        }
    }

    private void write(Store store, Key key, String value, boolean compare)
            throws InterruptedException, TimeoutException {
        long before = highestAcknowledged.get();
        Optional<KeyValue> found = store.view().find(key);
        Txn txn = compare
                ? Txn.when(List.of(found.isPresent()
                        ? Compare.modifiedAt(key, found.get().modified())
                        : Compare.absent(key)), new PutKey(key, Value.of(value)))
                : Txn.of(new PutKey(key, Value.of(value)));
        mayHaveBeenWritten.add(value);
        try {
            TxnResult result = store.commit(txn).get(HUNG.toMillis(), TimeUnit.MILLISECONDS);
            if (!result.succeeded()) {
                mayHaveBeenWritten.remove(value);
                return;
            }
            long revision = result.revision().value();
            if (revision <= before) {
                violations.add("write at " + revision + " after " + before + " was acknowledged");
            }
            Written other = acknowledged.putIfAbsent(revision, new Written(key, value));
            if (other != null) {
                violations.add("two writes at " + revision + ": " + other.value() + ", " + value);
            }
            highestAcknowledged.accumulateAndGet(revision, Math::max);
        } catch (ExecutionException e) {
            expectStoreException(e);
            if (!(e.getCause() instanceof OutcomeUnknownException)) {
                mayHaveBeenWritten.remove(value);
                refused.incrementAndGet();
            } else {
                unknown.incrementAndGet();
            }
        }
    }

    private void checkKnown(Key key, KeyValue found) {
        if (!mayHaveBeenWritten.contains(found.value().utf8())) {
            violations.add(key + " has '" + found.value().utf8() + "', of which it was said that it was not written");
        }
    }

    private void expectStoreException(ExecutionException e) {
        if (!(e.getCause() instanceof StoreException)) {
            violations.add("failed with " + e.getCause());
        }
    }

    /** Every member shows every write that was acknowledged, at its revision, and nothing that was not written. */
    private void checkReplicas() throws Exception {
        for (AtomixReplicator member : members.values()) {
            await("all of it at " + member.member()).atMost(Duration.ofSeconds(60)).ignoreExceptions()
                    .until(() -> member.readBarrier().get(10, TimeUnit.SECONDS) == null);
        }
        long revision = members.get("m1").stateMachine().view().revision().value();
        for (AtomixReplicator member : members.values()) {
            StateMachine replica = member.stateMachine();
            await("revision " + revision).until(() -> replica.view().revision().value() >= revision);
            acknowledged.forEach((at, written) -> assertThat(
                    replica.viewAt(new Revision(at)).find(written.key())).as("%s at %d on %s",
                            written, at, member.member())
                    .get().satisfies(found -> assertThat(found.value()).isEqualTo(Value.of(written.value()))));
            replica.view().read(KeyRange.ALL, KEYS).keys().forEach(found -> checkKnown(found.key(), found));
        }
        assertThat(violations).isEmpty();
        assertThat(members.values().stream().map(member -> member.stateMachine().view().read(KeyRange.ALL, KEYS)))
                .as("the same everywhere")
                .allMatch(members.get("m1").stateMachine().view().read(KeyRange.ALL, KEYS)::equals);
    }
}
