package dev.roster.system.fault;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * The leader of three members is killed again and again while clients write. {@code -Droster.fault.leader-kills} says how
 * often.
 */
@Isolated
class LeaderKillsIT {

    private static final int ROUNDS = Integer.getInteger("roster.fault.leader-kills", 2);
    private static final long SEED = Long.getLong("roster.fault.seed", System.nanoTime());
    private static final int CLIENTS = 8;
    private static final Duration FAILOVER_LIMIT = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    @Test
    void goesOnWithoutItsLeaderAndLosesNothing() throws Exception {
        System.out.println("roster.fault.seed=" + SEED + ", " + ROUNDS + " leader kills");
        Random random = new Random(SEED);
        List<Long> failovers = new ArrayList<>();
        try (StoreGroup group = StoreGroup.start(directory, 3)) {
            Load load = new Load(group.members(), CLIENTS, random);
            for (int round = 0; round < ROUNDS; round++) {
                Thread.sleep(300 + random.nextInt(700));
                StoreMember leader = group.leader();
                long killed = System.nanoTime();
                leader.kill();
                failovers.add(failover(load, killed));
                leader.start();
                leader.awaitReady();
                group.events();
            }
            load.close();

            Verdict verdict = new Verdict(load.operations(),
                    HistoryJudge.violations(load.operations(), group.events()), load.hung(), group.fatalities());
            verdict.print("three members, leader killed " + ROUNDS + " times");
            Verdict.printTimes("next write acknowledged after the kill", failovers);
            verdict.assertSpotless();
        }
    }

    /** Returns how long it took until a write was acknowledged that began after the kill, in milliseconds. */
    private static long failover(Load load, long killed) throws InterruptedException {
        long acknowledged = load.awaitWriteAfter(killed, FAILOVER_LIMIT);
        if (acknowledged == 0) {
            throw new AssertionError("no write was acknowledged");
        }
        return (acknowledged - killed) / 1_000_000;
    }
}
