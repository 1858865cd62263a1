package dev.roster.system.fault;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Clients that each watch the keys with a prefix, at one member after the other: whenever a connection ends, or is silent, or they
 * have had enough of it, they go on at another after the last revision that they know of. Some are away for a while in
 * between, and some have forgotten what they were told last and ask for it again.
 */
final class Watchers implements AutoCloseable {

    private static final int SILENCE_MILLIS = 1_500;
    private static final long PAUSE_MILLIS = 20;
    private static final int AWAY_MILLIS = 3_000;

    /** A connection is left after as many tells at most. */
    private static final int MOST_TELLS = 400;

    /** So many revisions at most are asked for again by one that has forgotten them. */
    private static final int GONE_BACK = 500;

    private final List<StoreMember> members;
    private final List<Watcher> watchers = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean running = true;

    /** Begins to watch each of these prefixes. */
    Watchers(List<StoreMember> members, List<String> prefixes, Random random) {
        this.members = members;
        for (String prefix : prefixes) {
            Watcher watcher = new Watcher("watcher-" + watchers.size(), prefix, new Random(random.nextLong()));
            watchers.add(watcher);
            threads.add(Thread.ofPlatform().daemon().name(watcher.name).start(watcher::work));
        }
    }

    /** Ends all of them. */
    @Override
    public void close() throws InterruptedException {
        running = false;
        for (Thread thread : threads) {
            thread.join(10L * SILENCE_MILLIS);
        }
    }

    /** Returns what is wrong with what they were told; to be called when they have ended. */
    List<String> violations(List<Event> events, long newestCompaction) {
        List<String> violations = new ArrayList<>();
        for (Watcher watcher : watchers) {
            violations.addAll(WatchJudge.violations(watcher.name, watcher.prefix, watcher.tells, events,
                    newestCompaction));
        }
        return violations;
    }

    /** Returns how often something of a kind was told. */
    long count(Class<? extends WatchTell> kind) {
        return watchers.stream().flatMap(watcher -> watcher.tells.stream()).filter(kind::isInstance).count();
    }

    /** One client, used by one thread until it has ended. */
    private final class Watcher {

        private final String name;
        private final String prefix;
        private final Random choice;
        private final List<WatchTell> tells = new ArrayList<>();
        private long last;

        Watcher(String name, String prefix, Random choice) {
            this.name = name;
            this.prefix = prefix;
            this.choice = choice;
        }

        void work() {
            try {
                while (running) {
                    watch();
                    Thread.sleep(choice.nextInt(4) == 0 ? choice.nextInt(AWAY_MILLIS) : PAUSE_MILLIS);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private void watch() {
            StoreMember member = members.get(choice.nextInt(members.size()));
            try (StoreConnection connection = new StoreConnection(member.clientPort(), SILENCE_MILLIS)) {
                if (choice.nextInt(6) == 0) {
                    last = Math.max(0, last - choice.nextInt(GONE_BACK));
                }
                connection.watch(prefix, last);
                tells.add(new WatchTell.Begun(last));
                for (int left = 1 + choice.nextInt(MOST_TELLS); left > 0 && running; left--) {
                    if (!goesOn(connection.nextTell())) {
                        return;
                    }
                }
            } catch (IOException e) {
                // It goes on at another member.
            }
        }

        private boolean goesOn(WatchTell tell) {
            tells.add(tell);
            return switch (tell) {
                case WatchTell.Told told -> {
                    last = told.revision();
                    yield true;
                }
                case WatchTell.Reached reached -> {
                    last = Math.max(last, reached.revision());
                    yield true;
                }
                case WatchTell.Compacted compacted -> {
                    last = compacted.oldest();
                    yield false;
                }
                case WatchTell.Ahead _,WatchTell.Begun _ -> false;
            };
        }
    }
}
