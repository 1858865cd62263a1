package dev.roster.system.fault;

import dev.roster.system.fault.LeaseStep.Kind;
import dev.roster.system.fault.LeaseStep.Outcome;
import dev.roster.system.fault.Operation.Result;
import dev.roster.system.fault.StoreConnection.Written;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Clients that live on leases: each grants one, attaches a key of its own, tries to make a key that others want too, keeps the
 * lease alive for a while at whichever member answers, and then ends it, or forgets it and waits until it has ended.
 */
final class Holders implements AutoCloseable {

    private static final int WANTED_KEYS = 3;
    private static final long MIN_TTL_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final int TTL_SPREAD_MILLIS = 2_000;
    private static final int MOST_KEEP_ALIVES = 24;

    /** Of the time to live: a holder asks again well before it is over. */
    private static final int ASKED_PER_TTL = 4;

    /** A holder turns to another member rather than wait for as long as its lease lives. */
    private static final int SILENCE_MILLIS = 700;

    private static final long PAUSE_MILLIS = 20;
    private static final long GIVE_UP_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final List<StoreMember> members;
    private final Queue<LeaseStep> steps = new ConcurrentLinkedQueue<>();
    private final Queue<Operation> operations = new ConcurrentLinkedQueue<>();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean running = true;

    Holders(List<StoreMember> members, int count, Random random) {
        this.members = members;
        for (int i = 0; i < count; i++) {
            Random choice = new Random(random.nextLong());
            threads.add(Thread.ofPlatform().daemon().name("holder-" + i).start(() -> work(new Holder(choice))));
        }
    }

    /** Returns what was done with leases so far. */
    List<LeaseStep> steps() {
        return List.copyOf(steps);
    }

    /** Returns what was written and read beside that. */
    List<Operation> operations() {
        return List.copyOf(operations);
    }

    private void work(Holder holder) {
        try {
            while (running) {
                holder.live();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            holder.leave();
        }
    }

    /** Ends all holders; leases that they have forgotten are waited for. */
    @Override
    public void close() throws InterruptedException {
        running = false;
        for (Thread thread : threads) {
            thread.join(TimeUnit.NANOSECONDS.toMillis(2 * GIVE_UP_NANOS));
        }
    }

    /** One client, used by one thread. */
    private final class Holder {

        private final Random choice;
        private @Nullable StoreConnection connection;

        Holder(Random choice) {
            this.choice = choice;
        }

        private interface Request<T> {
            T send(StoreConnection to) throws IOException;
        }

        /** Asks some member; returns null if it does not answer. */
        private <T> @Nullable T ask(Request<T> request) throws InterruptedException {
            try {
                StoreConnection to = connection;
                if (to == null) {
                    to = new StoreConnection(members.get(choice.nextInt(members.size())).clientPort(), SILENCE_MILLIS);
                    connection = to;
                }
                return request.send(to);
            } catch (IOException e) {
                leave();
                Thread.sleep(PAUSE_MILLIS);
                return null;
            }
        }

        void leave() {
            StoreConnection left = connection;
            connection = null;
            if (left != null) {
                try {
                    left.close();
                } catch (IOException e) {
                    // It is left.
                }
            }
        }

        /** The life of one lease. */
        void live() throws InterruptedException {
            long lease = 1 + (choice.nextLong() >>> 1);
            long ttl = MIN_TTL_NANOS + TimeUnit.MILLISECONDS.toNanos(choice.nextInt(TTL_SPREAD_MILLIS));
            String own = "holder-" + Long.toHexString(lease);
            String wanted = "wanted-" + choice.nextInt(WANTED_KEYS);
            if (step(Kind.GRANT, lease, ttl) != Outcome.DONE) {
                return;
            }
            boolean attached = write(own, own, Operation.ANY, lease, ttl) == Result.DONE;
            boolean has = false;
            int keepAlives = choice.nextInt(MOST_KEEP_ALIVES);
            for (int i = 0; i < keepAlives && running; i++) {
                if (!has) {
                    has = write(wanted, own + "-" + i, 0, lease, ttl) == Result.DONE;
                }
                TimeUnit.NANOSECONDS.sleep(ttl / ASKED_PER_TTL);
                Outcome kept = step(Kind.KEEP_ALIVE, lease, ttl);
                if (kept == Outcome.GONE) {
                    return;
                }
                if (kept == Outcome.UNKNOWN) {
                    leave();
                }
            }
            if (choice.nextInt(4) == 0) {
                step(Kind.REVOKE, lease, ttl);
            } else if (attached) {
                awaitEnd(own);
            }
        }

        private Outcome step(Kind kind, long lease, long ttl) throws InterruptedException {
            long began = System.nanoTime();
            LeaseStep step = ask(to -> to.lease(kind, lease, ttl));
            LeaseStep noted = step == null
                    ? new LeaseStep(kind, lease, ttl, began, System.nanoTime(), Outcome.UNKNOWN)
                    : step;
            steps.add(noted);
            return noted.outcome();
        }

        private Result write(String key, String value, long expected, long lease, long ttl)
                throws InterruptedException {
            long began = System.nanoTime();
            Written written = ask(to -> to.put(key, value, expected, lease));
            Operation noted = written == null
                    ? new Operation(Operation.Kind.WRITE, key, value, began, System.nanoTime(), Result.UNKNOWN, 0,
                            expected)
                    : written.operation();
            operations.add(noted);
            if (written != null && written.leaseGone()) {
                steps.add(new LeaseStep(Kind.ATTACH, lease, ttl, noted.began(), noted.ended(), Outcome.GONE));
            }
            return noted.outcome();
        }

        private void awaitEnd(String key) throws InterruptedException {
            long limit = System.nanoTime() + GIVE_UP_NANOS;
            while (System.nanoTime() < limit) {
                Operation read = ask(to -> to.read(key).operation());
                if (read != null) {
                    operations.add(read);
                    if (read.outcome() == Result.DONE && read.value() == null) {
                        return;
                    }
                }
                Thread.sleep(PAUSE_MILLIS);
            }
        }
    }
}
