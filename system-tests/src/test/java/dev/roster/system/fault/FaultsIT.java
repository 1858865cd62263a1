package dev.roster.system.fault;

import dev.roster.system.fault.Nemesis.Fault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Three members are killed, stopped and cut off from each other, in an order that follows from a seed, while clients write.
 * {@code -Droster.fault.seconds} says for how long, {@code -Droster.fault.seed} repeats the order, {@code -Droster.fault.kinds}
 * names some of {@link Fault} to bring only these.
 */
@Isolated
class FaultsIT {

    private static final Duration LENGTH = Duration.ofSeconds(Long.getLong("roster.fault.seconds", 20));
    private static final long SEED = Long.getLong("roster.fault.seed", System.nanoTime());
    private static final String KINDS = System.getProperty("roster.fault.kinds", "");
    private static final int CLIENTS = 8;
    private static final int HOLDERS = 6;
    /** All keys, those of holders, those that they compete for, some of the load. */
    private static final List<String> WATCHED = List.of("holder-", "wanted-", "key-1", "key-1", "key-", "");

    private static final Duration PROGRESS_LIMIT = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    @Test
    void losesNothingAndGoesOnAfterEachFault() throws Exception {
        System.out.println("roster.fault.seed=" + SEED + ", " + LENGTH.toSeconds() + " s");
        Random random = new Random(SEED);
        List<Long> recoveries = new ArrayList<>();
        try (StoreGroup group = StoreGroup.start(directory, 3)) {
            Nemesis nemesis = new Nemesis(group, kinds(), random);
            Load load = new Load(group.members(), CLIENTS, random);
            Holders holders = new Holders(group.members(), HOLDERS, random);
            Watchers watchers = new Watchers(group.members(), WATCHED, random);
            long end = System.nanoTime() + LENGTH.toNanos();
            while (System.nanoTime() < end) {
                // Not to wait for something: the time until the next fault follows from the seed.
                Thread.sleep(random.nextInt(800));
                nemesis.strike();
                long healed = System.nanoTime();
                long acknowledged = load.awaitWriteAfter(healed, PROGRESS_LIMIT);
                if (acknowledged == 0) {
                    throw new AssertionError("no write was acknowledged after " + nemesis.done());
                }
                recoveries.add((acknowledged - healed) / 1_000_000);
                group.awaitReady();
                group.events();
                if (random.nextInt(3) == 0) {
                    group.compact(random);
                }
            }
            load.close();
            holders.close();
            watchers.close();

            List<Operation> operations = new ArrayList<>(load.operations());
            operations.addAll(holders.operations());
            List<Event> events = group.events();
            LeaseJudge leases = LeaseJudge.of(holders.steps(), operations, events);
            List<String> violations = new ArrayList<>(HistoryJudge.violations(operations, events));
            violations.addAll(leases.violations());
            violations.addAll(watchers.violations(events, group.newestCompaction()));
            Verdict verdict = new Verdict(operations, violations, load.hung(), group.fatalities());
            verdict.print("three members, " + nemesis.done());
            Verdict.printTimes("next write acknowledged after everything ran again", recoveries);
            Verdict.printTimes("leases ended after their time", leases.lateness());
            System.out.printf("watchers: %d times begun, %d revisions told, %d times compacted%n",
                    watchers.count(WatchTell.Begun.class), watchers.count(WatchTell.Told.class),
                    watchers.count(WatchTell.Compacted.class));
            verdict.assertSpotless();
        }
    }

    private static List<Fault> kinds() {
        return KINDS.isEmpty() ? List.of(Fault.values()) : Stream.of(KINDS.split(",")).map(Fault::valueOf).toList();
    }
}
