package dev.roster.system.fault;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three members are killed, one or all of them, and stopped for a while, in an order that follows from a seed, while clients
 * write. {@code -Droster.fault.seconds} says for how long, {@code -Droster.fault.seed} repeats the order.
 */
class FaultsIT {

    private static final Duration LENGTH = Duration.ofSeconds(Long.getLong("roster.fault.seconds", 30));
    private static final long SEED = Long.getLong("roster.fault.seed", System.nanoTime());
    private static final int CLIENTS = 8;
    private static final Duration PROGRESS_LIMIT = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    private final Random random = new Random(SEED);
    private final Map<Fault, Integer> done = new TreeMap<>();

    private enum Fault {
        KILL_ONE, KILL_LEADER, KILL_TWO, KILL_ALL, STOP_LEADER, STOP_ONE, STOP_TWO
    }

    @Test
    void losesNothingAndGoesOnAfterEachFault() throws Exception {
        System.out.println("roster.fault.seed=" + SEED + ", " + LENGTH.toSeconds() + " s");
        List<Event> events = new ArrayList<>();
        List<Long> recoveries = new ArrayList<>();
        List<StoreMember> members = StoreMember.group(directory, 3);
        try {
            members.forEach(StoreMember::start);
            for (StoreMember member : members) {
                member.awaitReady();
            }
            Load load = new Load(members, CLIENTS, random);
            long end = System.nanoTime() + LENGTH.toNanos();
            while (System.nanoTime() < end) {
                Thread.sleep(random.nextInt(800));
                disturb(members);
                long healed = System.nanoTime();
                long acknowledged = load.awaitWriteAfter(healed, PROGRESS_LIMIT);
                if (acknowledged == 0) {
                    throw new AssertionError("no write was acknowledged after " + done);
                }
                recoveries.add((acknowledged - healed) / 1_000_000);
                StoreMember reader = members.get(random.nextInt(members.size()));
                reader.awaitReady();
                events.addAll(reader.events(events.isEmpty() ? 0 : events.getLast().revision()));
            }
            load.close();
            events.addAll(members.getFirst().events(events.isEmpty() ? 0 : events.getLast().revision()));

            List<String> fatalities = new ArrayList<>();
            for (StoreMember member : members) {
                fatalities.addAll(member.fatalities());
            }
            Verdict verdict = new Verdict(load.operations(), HistoryJudge.violations(load.operations(), events),
                    load.hung(), fatalities);
            verdict.print("three members, " + done);
            Verdict.printTimes("next write acknowledged after everything ran again", recoveries);
            verdict.assertSpotless();
        } finally {
            for (StoreMember member : members) {
                member.close();
            }
        }
    }

    private void disturb(List<StoreMember> members) throws IOException, InterruptedException {
        Fault fault = Fault.values()[random.nextInt(Fault.values().length)];
        done.merge(fault, 1, Integer::sum);
        List<StoreMember> victims = victims(fault, members);
        boolean kill = fault.name().startsWith("KILL");
        for (StoreMember victim : victims) {
            if (kill) {
                victim.kill();
            } else {
                victim.pause();
            }
        }
        Thread.sleep(random.nextInt(4_000));
        for (StoreMember victim : victims) {
            if (kill) {
                victim.start();
            } else {
                victim.resume();
            }
        }
    }

    private List<StoreMember> victims(Fault fault, List<StoreMember> members) {
        int one = random.nextInt(members.size());
        return switch (fault) {
            case KILL_ONE, STOP_ONE -> List.of(members.get(one));
            case KILL_LEADER, STOP_LEADER -> {
                String leader = members.get(one).leader();
                yield members.stream().filter(member -> member.id().equals(leader)).toList();
            }
            case KILL_TWO, STOP_TWO -> members.stream().filter(member -> member != members.get(one)).toList();
            case KILL_ALL -> members;
        };
    }
}
