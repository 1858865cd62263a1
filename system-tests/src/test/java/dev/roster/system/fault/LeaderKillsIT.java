package dev.roster.system.fault;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The leader of three members is killed again and again while clients write. {@code -Droster.fault.leader-kills} says how
 * often.
 */
class LeaderKillsIT {

    private static final int ROUNDS = Integer.getInteger("roster.fault.leader-kills", 3);
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
        List<Event> events = new ArrayList<>();
        List<StoreMember> members = StoreMember.group(directory, 3);
        try {
            members.forEach(StoreMember::start);
            for (StoreMember member : members) {
                member.awaitReady();
            }
            Load load = new Load(members, CLIENTS, random);
            for (int round = 0; round < ROUNDS; round++) {
                Thread.sleep(300 + random.nextInt(700));
                StoreMember leader = leaderOf(members);
                long killed = System.nanoTime();
                leader.kill();
                failovers.add(failover(load, killed));
                leader.start();
                leader.awaitReady();
                events.addAll(leader.events(events.isEmpty() ? 0 : events.getLast().revision()));
            }
            load.close();

            List<String> violations = new ArrayList<>();
            List<String> fatalities = new ArrayList<>();
            events.addAll(members.getFirst().events(events.isEmpty() ? 0 : events.getLast().revision()));
            violations.addAll(HistoryJudge.violations(load.operations(), events));
            for (StoreMember member : members) {
                fatalities.addAll(member.fatalities());
            }
            Verdict verdict = new Verdict(load.operations(), violations, load.hung(), fatalities);
            verdict.print("three members, leader killed " + ROUNDS + " times");
            Verdict.printTimes("next write acknowledged after the kill", failovers);
            verdict.assertSpotless();
        } finally {
            for (StoreMember member : members) {
                member.close();
            }
        }
    }

    private static StoreMember leaderOf(List<StoreMember> members) throws InterruptedException {
        long limit = System.nanoTime() + FAILOVER_LIMIT.toNanos();
        while (System.nanoTime() < limit) {
            String leader = members.getFirst().leader();
            for (StoreMember member : members) {
                if (member.id().equals(leader) && member.leader().equals(leader)) {
                    return member;
                }
            }
            Thread.sleep(20);
        }
        throw new AssertionError("no leader");
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
