package dev.roster.system.fault;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * One member on its own is killed again and again while clients write; each time it must have all that it acknowledged.
 * {@code -Droster.fault.rounds} says how often.
 */
@Isolated
class MemberKillsIT {

    private static final int ROUNDS = Integer.getInteger("roster.fault.rounds", 3);
    private static final long SEED = Long.getLong("roster.fault.seed", System.nanoTime());
    private static final int CLIENTS = 8;

    @TempDir
    Path directory;

    @Test
    void losesNothingThatItAcknowledged() throws Exception {
        System.out.println("roster.fault.seed=" + SEED + ", " + ROUNDS + " kills");
        Random random = new Random(SEED);
        List<Long> starts = new ArrayList<>();
        try (StoreGroup group = StoreGroup.start(directory, 1)) {
            StoreMember member = group.members().getFirst();
            Load load = new Load(group.members(), CLIENTS, random);
            for (int round = 0; round < ROUNDS; round++) {
                Thread.sleep(200 + random.nextInt(800));
                member.kill();
                long began = System.nanoTime();
                member.start();
                member.awaitReady();
                starts.add((System.nanoTime() - began) / 1_000_000);
                group.events();
            }
            load.close();

            Verdict verdict = new Verdict(load.operations(),
                    HistoryJudge.violations(load.operations(), group.events()), load.hung(), group.fatalities());
            verdict.print("one member, killed " + ROUNDS + " times");
            Verdict.printTimes("ready again", starts);
            verdict.assertSpotless();
        }
    }
}
