package dev.roster.server.store;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * A replicator of one member that keeps everything in memory and nothing on disk: for tests, and for trying Roster out.
 *
 * <p>Commands are applied one at a time on the executor that it is given, in the order in which they were proposed, at the
 * time of the clock that it is given. Leases end when {@link #tick} is called after their time.
 */
public final class LocalReplicator implements Replicator {

    /** Most commands that wait to be applied: about a tenth of a second of work. */
    public static final int MAX_WAITING = 10_000;

    /** When to try again after that. */
    private static final Duration RETRY_AFTER = Duration.ofMillis(100);

    private static final int TASKS_PER_RUN = 256;

    private final StateMachine machine;
    private final InstantSource clock;
    private final Queue<Task<?>> tasks = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private final SerialTask worker;
    private volatile boolean closed;

    /** For tasks alone. */
    private final Map<LeaseId, Instant> deadlines = new HashMap<>();
    private Instant time = Instant.MIN;

    /**
     * Makes a replicator of an empty replica.
     *
     * @param executor applies commands; may be the calling thread itself
     * @param clock gives the time of log entries
     */
    public LocalReplicator(Executor executor, InstantSource clock) {
        this(StateMachine.empty(), executor, clock);
    }

    /** Makes a replicator of a replica that nobody else applies to. */
    LocalReplicator(StateMachine machine, Executor executor, InstantSource clock) {
        this.machine = machine;
        this.clock = clock;
        this.worker = new SerialTask(executor, this::work);
    }

    @Override
    public CompletableFuture<CommandResult> propose(Command command) {
        return submit(() -> apply(command));
    }

    @Override
    public CompletableFuture<Void> readBarrier() {
        return submit(() -> 0).thenAccept(_ -> {});
    }

    @Override
    public CompletableFuture<Set<LeaseId>> keepAlive(Collection<LeaseId> ids) {
        List<LeaseId> asked = List.copyOf(ids);
        return submit(() -> renew(asked));
    }

    @Override
    public CompletableFuture<Optional<Duration>> timeToLive(LeaseId id) {
        return submit(() -> {
            Instant deadline = deadlines.get(id);
            Instant now = now();
            return deadline == null
                    ? Optional.empty()
                    : Optional.of(deadline.isAfter(now) ? Duration.between(now, deadline) : Duration.ZERO);
        });
    }

    /**
     * Ends the leases whose time is over.
     *
     * @return completed once they have ended, with their number
     */
    public CompletableFuture<Integer> tick() {
        return submit(this::expire);
    }

    @Override
    public StateMachine stateMachine() {
        return machine;
    }

    @Override
    public void close() {
        closed = true;
        if (!worker.wake()) {
            failWaiting();
        }
    }

    private <T> CompletableFuture<T> submit(Supplier<T> body) {
        if (waiting.incrementAndGet() > MAX_WAITING) {
            waiting.decrementAndGet();
            return CompletableFuture.failedFuture(new StoreOverloadedException(RETRY_AFTER));
        }
        Task<T> task = new Task<>(body, new CompletableFuture<>());
        tasks.add(task);
        if (!worker.wake()) {
            failWaiting();
        }
        return task.answer;
    }

    private record Task<T>(Supplier<T> body, CompletableFuture<T> answer) {
        void run() {
            try {
                answer.complete(body.get());
            } catch (StoreException refused) {
                answer.completeExceptionally(refused);
            } catch (RuntimeException | Error failure) {
                // The edge of the worker: nobody may wait for ever.
                answer.completeExceptionally(failure);
                throw failure;
            }
        }
    }

    private boolean work() {
        boolean sound = false;
        try {
            boolean again = workOnTasks();
            sound = true;
            return again;
        } finally {
            if (!sound) {
                // Something else than a refusal came from the replica: it is not to be trusted any more.
                closed = true;
                failWaiting();
            }
        }
    }

    private boolean workOnTasks() {
        for (int i = 0; i < TASKS_PER_RUN && !closed; i++) {
            Task<?> task = tasks.poll();
            if (task == null) {
                return false;
            }
            waiting.decrementAndGet();
            task.run();
        }
        if (closed) {
            failWaiting();
        }
        return !closed;
    }

    private void failWaiting() {
        for (Task<?> task = tasks.poll(); task != null; task = tasks.poll()) {
            waiting.decrementAndGet();
            task.answer.completeExceptionally(new StoreUnavailableException(RETRY_AFTER));
        }
    }

    private CommandResult apply(Command command) {
        Instant now = now();
        CommandResult result = machine.apply(now, command);
        switch (result) {
            case LeaseGranted granted -> deadlines.put(granted.id(), now.plus(granted.ttl()));
            case LeasesRevoked revoked -> revoked.ids().forEach(deadlines::remove);
            case Restored _ -> {
                deadlines.clear();
                machine.leases().forEach(lease -> deadlines.put(lease.id(), now.plus(lease.ttl())));
            }
            case TxnResult _,Compacted _ -> {
            }
        }
        return result;
    }

    private Set<LeaseId> renew(Collection<LeaseId> ids) {
        Instant now = now();
        Set<LeaseId> missing = new HashSet<>();
        for (LeaseId id : ids) {
            machine.findLease(id).ifPresentOrElse(lease -> deadlines.put(id, now.plus(lease.ttl())),
                    () -> missing.add(id));
        }
        return missing;
    }

    private int expire() {
        Instant now = now();
        List<LeaseId> over = deadlines.entrySet().stream().filter(entry -> !entry.getValue().isAfter(now))
                .map(Map.Entry::getKey)
                .sorted(Comparator.comparingLong(LeaseId::value)).toList();
        for (int from = 0; from < over.size(); from += RevokeLeases.MAX_LEASES) {
            int to = Math.min(over.size(), from + RevokeLeases.MAX_LEASES);
            apply(new RevokeLeases(over.subList(from, to)));
        }
        return over.size();
    }

    private Instant now() {
        Instant now = clock.instant();
        time = now.isAfter(time) ? now : time;
        return time;
    }
}
