package dev.roster.system.fault;

import dev.roster.system.fault.Operation.Kind;
import dev.roster.system.fault.Operation.Result;
import dev.roster.system.fault.StoreConnection.Found;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Clients that write, compare and read without a pause, at a member for as long as it answers, and note what they were told. */
final class Load implements AutoCloseable {

    private static final int KEYS = 20;

    /** Between attempts to reach a member. */
    private static final long PAUSE_MILLIS = 10;

    private final List<StoreMember> members;
    private final Queue<Operation> operations = new ConcurrentLinkedQueue<>();
    private final AtomicInteger hung = new AtomicInteger();
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicLong firstAfterMark = new AtomicLong();
    private volatile long mark = Long.MAX_VALUE;
    private volatile boolean running = true;

    Load(List<StoreMember> members, int clients, Random random) {
        this.members = members;
        for (int i = 0; i < clients; i++) {
            int client = i;
            Random choice = new Random(random.nextLong());
            threads.add(Thread.ofPlatform().daemon().name("client-" + i).start(() -> work(client, choice)));
        }
    }

    /** Returns what was done so far. */
    List<Operation> operations() {
        return List.copyOf(operations);
    }

    /** Returns how many operations had no outcome although their member ran. */
    int hung() {
        return hung.get();
    }

    /**
     * Waits until a write is acknowledged that began after a moment, which must be later than that of the call before.
     *
     * @return when it was acknowledged, 0 if none was in time
     */
    long awaitWriteAfter(long moment, Duration limit) throws InterruptedException {
        mark = moment;
        firstAfterMark.set(0);
        while (firstAfterMark.get() == 0 && System.nanoTime() - moment < limit.toNanos()) {
            Thread.sleep(5);
        }
        return firstAfterMark.get();
    }

    private void note(Operation operation) {
        operations.add(operation);
        if (operation.kind() == Kind.WRITE && operation.outcome() == Result.DONE && operation.began() > mark) {
            firstAfterMark.compareAndSet(0, operation.ended());
        }
    }

    private void work(int client, Random choice) {
        StoreConnection connection = null;
        StoreMember member = members.getFirst();
        // Values differ, also from those of another load.
        String name = client + "-" + Long.toHexString(choice.nextLong()) + "-";
        for (int i = 0; running; i++) {
            String key = "key-" + choice.nextInt(KEYS);
            String value = name + i;
            Operation pending = new Operation(choice.nextInt(3) == 0 ? Kind.READ : Kind.WRITE, key, value,
                    System.nanoTime(), 0, Result.UNKNOWN, 0, Operation.ANY);
            try {
                if (connection == null) {
                    member = members.get(choice.nextInt(members.size()));
                    connection = new StoreConnection(member.clientPort());
                    continue;
                }
                if (pending.kind() == Kind.READ) {
                    Found found = connection.read(key);
                    note(found.operation());
                    if (found.operation().outcome() == Result.DONE && choice.nextBoolean()) {
                        pending = new Operation(Kind.WRITE, key, value, System.nanoTime(), 0, Result.UNKNOWN, 0,
                                found.modified());
                        note(connection.put(key, value, found.modified()));
                    }
                } else {
                    note(connection.put(key, value, Operation.ANY));
                }
            } catch (IOException e) {
                connection = givenUp(connection, member, pending, e);
            }
        }
        givenUp(connection, member, null, null);
    }

    private @Nullable StoreConnection givenUp(@Nullable StoreConnection connection, StoreMember member,
            @Nullable Operation pending, @Nullable IOException cause) {
        if (connection != null) {
            if (pending != null && pending.kind() == Kind.WRITE) {
                operations.add(new Operation(Kind.WRITE, pending.key(), pending.value(), pending.began(),
                        System.nanoTime(), Result.UNKNOWN, 0, pending.expected()));
            }
            if (cause instanceof SocketTimeoutException && member.isAlive() && !member.isPaused()) {
                hung.incrementAndGet();
            }
            try {
                connection.close();
            } catch (IOException e) {
                // It is given up.
            }
        }
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            running = false;
        }
        return null;
    }

    /** Ends all clients; what is under way is awaited. */
    @Override
    public void close() throws InterruptedException {
        running = false;
        for (Thread thread : threads) {
            thread.join(2L * StoreConnection.HUNG_MILLIS);
        }
    }
}
