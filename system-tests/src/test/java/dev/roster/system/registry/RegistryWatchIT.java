package dev.roster.system.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.roster.test.RosterCluster;
import dev.roster.test.RosterProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Streams of changes while instances come, change and go, leaders are killed and members are restarted: no gap, no duplicate, in
 * order. {@code -Droster.registry-watch.changes} says how many changes there are, {@code -Droster.registry-watch.seconds} when to end
 * with fewer, {@code -Droster.registry-watch.instances} how many each client has, which decides how many changes one override of all of
 * them makes, {@code -Droster.registry-watch.seed} repeats what clients do and who is struck.
 */
@Isolated
class RegistryWatchIT {
    private static final long CHANGES = Long.getLong("roster.registry-watch.changes", 5_000);
    private static final Duration LENGTH = Duration.ofSeconds(Long.getLong("roster.registry-watch.seconds", 3_600));
    private static final int INSTANCES_OF_EACH = Integer.getInteger("roster.registry-watch.instances", 32);
    private static final long SEED = Long.getLong("roster.registry-watch.seed", System.nanoTime());
    private static final int CLIENTS = 32;

    /** Members are struck as often at most. */
    private static final int STRIKES = 40;

    private static final int LONGEST_ABSENCE_MILLIS = 2_000;

    /** A member that comes back has much to catch up with, beside the load. */
    private static final Duration LONGEST_START = Duration.ofMinutes(10);

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** A follower who leaves every stream soon falls behind, and has that to read when all is over. */
    private static final Duration LONGEST_READING = Duration.ofMinutes(10);

    /** A stream is left after as many events at most: fewer than any follower is told. */
    private static final int MOST_EVENTS = (int) Math.max(50, CHANGES / 5_000);

    private static final List<String> NAMESPACES = IntStream.range(0, CLIENTS).mapToObj(i -> "c" + i).toList();

    private final Random random = new Random(SEED);
    private final Map<Strike, Integer> done = new EnumMap<>(Strike.class);

    /** What happens to a member. */
    private enum Strike {
        KILL_LEADER, RESTART_FOLLOWER, KILL_FOLLOWER, RESTART_LEADER;

        boolean hitsTheLeader() {
            return this == KILL_LEADER || this == RESTART_LEADER;
        }
    }

    @Test
    void tellsEveryChangeOnceInOrderOverDeadLeadersAndRestarts() throws Exception {
        System.out.println("roster.registry-watch.seed=" + SEED + ", " + CHANGES + " changes");
        try (RosterCluster cluster = RosterCluster.start(3,
                builder -> builder.property("roster.watch.progress-interval", "1s").startTimeout(LONGEST_START));
                HttpApi api = new HttpApi(cluster.token())) {
            List<Follower> followers = follow(cluster, api);
            long began = System.nanoTime();
            Churn churn = new Churn(api, cluster.addresses(), NAMESPACES, INSTANCES_OF_EACH, random);
            try (churn) {
                strikeUntilThereAreEnough(cluster, churn);
            }
            double seconds = (System.nanoTime() - began) / 1e9;
            for (Follower follower : followers) {
                System.out.printf("%s knows of revision %d of %d%n", follower.name(), follower.position(),
                        churn.newest());
                await(follower.name() + " is told the rest").atMost(LONGEST_READING)
                        .until(() -> follower.position() >= churn.newest());
                follower.close();
            }

            List<String> violations = judge(churn, followers);
            System.out.printf("%d changes acknowledged in %.0f s (%.0f/s), %d unknown; %s; to revision %d%n",
                    churn.acknowledged(), seconds, churn.acknowledged() / seconds, churn.unknown(), done,
                    churn.newest());
            followers.forEach(one -> System.out.printf("%s was told %d changes of %d instances by %d streams%n",
                    one.name(), one.changes(), one.told().size(), one.streams()));
            System.out.printf("%d violations%n", violations.size());
            assertThat(violations).isEmpty();
            assertThat(churn.surprises()).as("answers that should not have been given").isEmpty();
            assertThat(followers).as("streams of each").allSatisfy(one -> assertThat(one.streams()).isGreaterThan(1));
        }
    }

    /** Two follow everything, two a part. */
    private List<Follower> follow(RosterCluster cluster, HttpApi api) {
        List<List<String>> interests = List.of(NAMESPACES, NAMESPACES, NAMESPACES.subList(0, CLIENTS / 2),
                NAMESPACES.subList(12, 13));
        List<Follower> followers = new ArrayList<>();
        for (List<String> interest : interests) {
            followers.add(new Follower("follower-" + followers.size(), api, cluster.addresses(), interest,
                    MOST_EVENTS, new Random(random.nextLong())));
        }
        await("all follow").atMost(PATIENCE)
                .until(() -> followers.stream().allMatch(follower -> follower.position() > 0));
        return followers;
    }

    private void strikeUntilThereAreEnough(RosterCluster cluster, Churn churn) throws InterruptedException {
        int strikes = 0;
        long end = System.nanoTime() + LENGTH.toNanos();
        while ((churn.acknowledged() < CHANGES && System.nanoTime() < end) || strikes == 0) {
            Strike strike = strikes < 2 ? Strike.values()[strikes] : any();
            long before = churn.acknowledged();
            long began = System.nanoTime();
            strike(cluster, strike);
            System.out.printf("%s after %d changes, %d changes until all ran again, %d ms later%n", strike, before,
                    churn.acknowledged() - before, (System.nanoTime() - began) / 1_000_000);
            strikes++;
            awaitChanges(churn, Math.min(CHANGES, churn.acknowledged() + CHANGES / STRIKES));
        }
    }

    private static void awaitChanges(Churn churn, long count) {
        long before = churn.acknowledged();
        await("changes go on").atMost(PATIENCE).until(() -> churn.acknowledged() > before);
        await("so many changes").atMost(PATIENCE.multipliedBy(5)).until(() -> churn.acknowledged() >= count);
    }

    private Strike any() {
        return Strike.values()[random.nextInt(Strike.values().length)];
    }

    private void strike(RosterCluster cluster, Strike strike) throws InterruptedException {
        done.merge(strike, 1, Integer::sum);
        List<RosterProcess> followers = cluster.followers();
        RosterProcess victim = strike.hitsTheLeader()
                ? cluster.awaitLeader()
                : followers.get(random.nextInt(followers.size()));
        switch (strike) {
            case KILL_LEADER, KILL_FOLLOWER -> victim.kill();
            case RESTART_LEADER, RESTART_FOLLOWER -> victim.stop();
        }
        Thread.sleep(random.nextInt(LONGEST_ABSENCE_MILLIS));
        victim.restart();
        cluster.awaitLeader();
    }

    private static List<String> judge(Churn churn, List<Follower> followers) {
        StreamJudge judge = new StreamJudge(churn.courses());
        List<String> violations = new ArrayList<>();
        for (Follower follower : followers) {
            Set<String> followed = churn.courses().keySet().stream().filter(follower::follows)
                    .collect(Collectors.toSet());
            judge.judge(follower.name(), followed, follower.told());
            violations.addAll(follower.violations());
        }
        violations.addAll(judge.violations());
        return violations;
    }
}
