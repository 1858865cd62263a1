package dev.roster.server.store.raft;

import dev.roster.server.store.Command;
import dev.roster.server.store.CommandResult;
import dev.roster.server.store.InvalidCommandException;
import dev.roster.server.store.OutcomeUnknownException;
import dev.roster.server.store.StoreException;
import dev.roster.server.store.StoreOverloadedException;
import dev.roster.server.store.StoreUnavailableException;
import dev.roster.server.store.codec.Batch;
import dev.roster.server.store.codec.CommandCodec;
import dev.roster.server.store.codec.CommandOutcome;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Gathers commands into batches, sends at most two at a time, sends them again until they are in the log, and tells the
 * callers what became of them.
 *
 * <p>A batch carries the id of this proposer and a sequence number. The state machine remembers the outcomes of batches
 * that may still be sent again, so that a batch that reaches the log twice is applied once (the client sessions of Raft,
 * dissertation §6.3). A command is answered when the <em>local</em> replica has applied its batch: by then it is durable on
 * a majority, and the caller reads its own write here. What the link says of a batch matters only when it says that it
 * failed.
 *
 * <p>Commands that were never sent when their time is over are refused as not done; those that were sent are reported as
 * unknown, because they may be applied yet. All methods may be called by any thread; futures are completed by the executor.
 */
final class Proposer implements AutoCloseable {

    /** Commands in one log entry: enough to share one sync among a thousand callers. */
    static final int MAX_BATCH_COMMANDS = 1024;

    /** Bytes in one log entry, unless a single command is larger: keeps replication and replay in small steps. */
    static final int MAX_BATCH_BYTES = 300 * 1024;

    /** Batches under way: one on its way while the one before is being synced. More would only make batches smaller. */
    static final int MAX_IN_FLIGHT = 2;

    /** Commands that may wait: some tenths of a second of work. Beyond that, waiting helps nobody. */
    static final int MAX_QUEUED_COMMANDS = 16 * 1024;

    /** Bytes that may wait. */
    static final long MAX_QUEUED_BYTES = 64L * 1024 * 1024;

    /** Largest command, well below the largest log entry ({@link RaftNode#MAX_ENTRY_BYTES}). */
    static final int MAX_COMMAND_BYTES = 2_300_000;

    /** How long a batch may take before the session is taken for dead: longer than a slow sync, shorter than patience. */
    static final Duration ATTEMPT_TIMEOUT = Duration.ofSeconds(2);

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final long clientId;
    private final LogLink link;
    private final long commandTimeoutNanos;
    private final LongSupplier nanoTime;
    private final Executor completions;
    private final LogMetrics metrics;

    private final ReentrantLock lock = new ReentrantLock();
    private final ArrayDeque<Pending> queue = new ArrayDeque<>();
    private final TreeMap<Long, Flight> flights = new TreeMap<>();
    private long queuedBytes;
    private long nextSequence = 1;
    private LogLink.@Nullable Session session;
    private int generation;
    private boolean opening;
    private long openingSince;
    private boolean closed;

    /**
     * Makes a proposer that sends nothing until {@link #connect}.
     *
     * @param clientId random, different for each start of each member
     * @param nanoTime a clock that never jumps
     * @param completions runs the callers' continuations; must not be the thread that applies
     */
    Proposer(long clientId, LogLink link, Duration commandTimeout, LongSupplier nanoTime, Executor completions,
            LogMetrics metrics) {
        this.clientId = clientId;
        this.link = link;
        this.commandTimeoutNanos = commandTimeout.toNanos();
        this.nanoTime = nanoTime;
        this.completions = completions;
        this.metrics = metrics;
    }

    /** Proposes a command. */
    CompletableFuture<CommandResult> propose(Command command) {
        int weight = CommandWeight.of(command);
        if (weight > MAX_COMMAND_BYTES) {
            throw new InvalidCommandException("command", weight + " bytes", "at most " + MAX_COMMAND_BYTES + " bytes");
        }
        Pending pending = new Pending(command, weight, nanoTime.getAsLong());
        enqueue(pending);
        return pending.result;
    }

    /** Completes once this replica has applied an entry that was proposed after this call. */
    CompletableFuture<Void> barrier() {
        Pending pending = new Pending(null, 0, nanoTime.getAsLong());
        enqueue(pending);
        return pending.barrier;
    }

    private void enqueue(Pending pending) {
        lock.lock();
        try {
            if (closed) {
                pending.fail(new StoreUnavailableException(RETRY_AFTER));
            } else if (queue.size() >= MAX_QUEUED_COMMANDS || queuedBytes + pending.weight > MAX_QUEUED_BYTES) {
                pending.fail(new StoreOverloadedException(RETRY_AFTER));
            } else {
                queue.add(pending);
                queuedBytes += pending.weight;
                sendQueued();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Opens a session, in place of the present one if there is one: at the start, and when the leader has changed. */
    void connect() {
        lock.lock();
        try {
            if (!closed) {
                open();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Opens a new session if anything waits for one; to be called when the leader has changed. */
    void leaderChanged() {
        lock.lock();
        try {
            if (!closed && (session == null || !flights.isEmpty())) {
                open();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Tells of a batch that the local replica has applied, now or, when it was sent twice, again. */
    void applied(Batch batch, byte[] outcomes) {
        if (batch.clientId() != clientId) {
            return;
        }
        Flight flight;
        lock.lock();
        try {
            flight = flights.remove(batch.sequence());
            sendQueued();
        } finally {
            lock.unlock();
        }
        if (flight != null) {
            completions.execute(() -> complete(flight, CommandCodec.decodeOutcomes(outcomes)));
        }
    }

    /** Gives up what has waited too long and replaces a session that seems dead. To be called about ten times a second. */
    void tick() {
        List<Runnable> failures = new ArrayList<>();
        lock.lock();
        try {
            long now = nanoTime.getAsLong();
            failOverdue(now, failures);
            if (!closed && isStuck(now)) {
                open();
            }
        } finally {
            lock.unlock();
        }
        failures.forEach(completions::execute);
    }

    private boolean isStuck(long now) {
        long attempt = ATTEMPT_TIMEOUT.toNanos();
        if (opening) {
            return now - openingSince > attempt;
        }
        return session == null || flights.values().stream().anyMatch(flight -> now - flight.sentAt > attempt);
    }

    private void failOverdue(long now, List<Runnable> failures) {
        while (!queue.isEmpty() && now - queue.getFirst().since > commandTimeoutNanos) {
            Pending pending = queue.removeFirst();
            queuedBytes -= pending.weight;
            failures.add(() -> pending.fail(new StoreUnavailableException(RETRY_AFTER)));
        }
        for (Iterator<Flight> iterator = flights.values().iterator(); iterator.hasNext();) {
            Flight flight = iterator.next();
            // The commands of a flight are in the order in which they came: when the last is overdue, all are.
            if (now - flight.commands.getLast().since > commandTimeoutNanos) {
                iterator.remove();
                failures.add(() -> flight.commands.forEach(pending -> pending.fail(new OutcomeUnknownException(
                        "no outcome within " + Duration.ofNanos(commandTimeoutNanos)))));
            }
        }
    }

    private void sendQueued() {
        while (session != null && flights.size() < MAX_IN_FLIGHT && !queue.isEmpty()) {
            List<Pending> commands = new ArrayList<>();
            long bytes = 0;
            while (!queue.isEmpty() && commands.size() < MAX_BATCH_COMMANDS
                    && (commands.isEmpty() || bytes + queue.getFirst().weight <= MAX_BATCH_BYTES)) {
                Pending pending = queue.removeFirst();
                commands.add(pending);
                bytes += pending.weight;
            }
            queuedBytes -= bytes;
            Flight flight = newFlight(commands);
            flights.put(flight.sequence, flight);
            send(flight, session);
        }
        metrics.recordQueued(queue.size());
    }

    private Flight newFlight(List<Pending> commands) {
        long sequence = nextSequence++;
        long oldest = flights.isEmpty() ? sequence : flights.firstKey();
        List<Command> proposed = new ArrayList<>(commands.size());
        for (Pending pending : commands) {
            if (pending.command != null) {
                proposed.add(pending.command);
            }
        }
        byte[] bytes = CommandCodec.encodeBatch(new Batch(clientId, sequence, oldest, proposed));
        metrics.recordBatch(proposed.size(), bytes.length);
        return new Flight(sequence, bytes, commands);
    }

    private void send(Flight flight, LogLink.Session to) {
        flight.sentAt = nanoTime.getAsLong();
        int sentBy = generation;
        var _ = to.send(flight.bytes).whenComplete((done, error) -> {
            if (error != null) {
                sessionFailed(sentBy);
            }
        });
    }

    private void sessionFailed(int failed) {
        lock.lock();
        try {
            if (!closed && failed == generation && session != null) {
                open();
            }
        } finally {
            lock.unlock();
        }
    }

    private void open() {
        if (session != null) {
            session.close();
            session = null;
        }
        int opened = ++generation;
        opening = true;
        openingSince = nanoTime.getAsLong();
        var _ = link.open().whenComplete((newSession, error) -> {
            if (error == null) {
                opened(opened, newSession);
            } else {
                openFailed(opened);
            }
        });
    }

    private void opened(int opened, LogLink.Session newSession) {
        lock.lock();
        try {
            if (closed || opened != generation) {
                newSession.close();
                return;
            }
            opening = false;
            session = newSession;
            flights.values().forEach(flight -> send(flight, newSession));
            sendQueued();
        } finally {
            lock.unlock();
        }
    }

    private void openFailed(int failed) {
        lock.lock();
        try {
            if (failed == generation) {
                // The next tick, or a new leader, tries again.
                opening = false;
            }
        } finally {
            lock.unlock();
        }
    }

    private void complete(Flight flight, List<CommandOutcome> outcomes) {
        long now = nanoTime.getAsLong();
        Iterator<CommandOutcome> next = outcomes.iterator();
        for (Pending pending : flight.commands) {
            if (pending.command == null) {
                pending.barrier.complete(null);
            } else {
                metrics.recordCommand(now - pending.since);
                if (!next.hasNext()) {
                    pending.fail(new OutcomeUnknownException("the outcome was forgotten before it could be told"));
                    continue;
                }
                switch (next.next()) {
                    case CommandOutcome.Done done -> pending.result.complete(done.result());
                    case CommandOutcome.Refused refused -> pending.fail(refused.reason());
                }
            }
        }
    }

    /** Refuses what is queued as not done, and reports what is under way as unknown. */
    @Override
    public void close() {
        List<Pending> unsent;
        List<Flight> sent;
        lock.lock();
        try {
            closed = true;
            unsent = List.copyOf(queue);
            queue.clear();
            sent = List.copyOf(flights.values());
            flights.clear();
            if (session != null) {
                session.close();
                session = null;
            }
        } finally {
            lock.unlock();
        }
        unsent.forEach(pending -> pending.fail(new StoreUnavailableException(RETRY_AFTER)));
        sent.forEach(flight -> flight.commands.forEach(
                pending -> pending
                        .fail(new OutcomeUnknownException("this member stopped before the outcome was known"))));
    }

    /** A command that waits, or a barrier when there is no command. */
    private static final class Pending {

        final @Nullable Command command;
        final int weight;
        final long since;
        final CompletableFuture<CommandResult> result = new CompletableFuture<>();
        final CompletableFuture<Void> barrier = new CompletableFuture<>();

        Pending(@Nullable Command command, int weight, long since) {
            this.command = command;
            this.weight = weight;
            this.since = since;
        }

        void fail(StoreException reason) {
            result.completeExceptionally(reason);
            // A barrier changes nothing, so there is nothing unknown about it.
            barrier.completeExceptionally(
                    reason instanceof OutcomeUnknownException ? new StoreUnavailableException(RETRY_AFTER) : reason);
        }
    }

    /** A batch that was sent and has not been applied here yet. */
    private static final class Flight {

        final long sequence;
        final byte[] bytes;
        final List<Pending> commands;
        long sentAt;

        Flight(long sequence, byte[] bytes, List<Pending> commands) {
            this.sequence = sequence;
            this.bytes = bytes;
            this.commands = commands;
        }
    }
}
