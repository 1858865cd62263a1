package dev.roster.system.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.roster.system.fault.ChangeSetCalls.Draft;
import dev.roster.system.fault.Operation.Result;
import dev.roster.test.RosterCluster;
import dev.roster.test.RosterProcess;
import java.net.URI;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * The leader of three servers is killed while a change set of 200 items is published: all of them or none, on every member, and
 * what the caller was told holds. {@code -Droster.fault.change-set-kills} says how often.
 */
class ChangeSetKillsIT {

    private static final int ROUNDS = Integer.getInteger("roster.fault.change-set-kills", 3);
    private static final long SEED = Long.getLong("roster.fault.seed", System.nanoTime());
    private static final int ITEMS = 200;

    /** So many rounds see both: change sets that were published in spite of the kill, and such that were not. */
    private static final int ROUNDS_THAT_SEE_BOTH = 20;

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final Random random = new Random(SEED);
    private final ItemsSeen items = new ItemsSeen(ITEMS);
    private final Map<Result, Integer> published = new EnumMap<>(Result.class);
    private final Map<Result, Integer> notPublished = new EnumMap<>(Result.class);

    /**
     * When the leader is killed at the latest, after the request was sent. It follows how long a publication takes on this
     * machine, so that about as many are published as are not.
     */
    private long latestKillNanos = TimeUnit.MILLISECONDS.toNanos(100);
    private long version;

    @Test
    void publishesAllOfAChangeSetOrNothing() throws Exception {
        System.out.println("roster.fault.seed=" + SEED + ", " + ROUNDS + " leader kills within a change set");
        try (RosterCluster cluster = RosterCluster.start();
                ChangeSetCalls calls = new ChangeSetCalls(cluster.token());
                MixtureWatch readers = new MixtureWatch(calls, cluster.addresses(), items)) {
            calls.keepVersions(cluster.addresses().getFirst(), 2);
            for (int round = 0; round < ROUNDS; round++) {
                round(cluster, calls, round);
                readers.assertNone();
            }
            cluster.members().forEach(RosterProcess::awaitReady);
            for (URI member : cluster.addresses()) {
                assertThat(items.version(calls.items(member))).as("%s at the end, seed %d", member, SEED)
                        .isEqualTo(version);
            }
            print(readers.answers());
            assertThat(readers.answers()).isPositive();
        }
        if (ROUNDS >= ROUNDS_THAT_SEE_BOTH) {
            assertThat(published).isNotEmpty();
            assertThat(notPublished).isNotEmpty();
        }
    }

    private void round(RosterCluster cluster, ChangeSetCalls calls, int round) throws Exception {
        URI author = cluster.awaitLeader().address();
        Draft draft = calls.draft(author, version, items.documents(version + 1, "round " + round));
        // The one that was killed last may still be starting: without it a second kill would stop the cluster.
        cluster.members().forEach(RosterProcess::awaitReady);
        RosterProcess leader = cluster.awaitLeader();
        URI asked = cluster.addresses().get(random.nextInt(cluster.members().size()));

        CompletableFuture<Result> answer = calls.publish(asked, draft);
        Thread.sleep(Duration.ofNanos(random.nextLong(latestKillNanos)));
        leader.kill();
        Result told = answer.get(LIMIT.toSeconds(), TimeUnit.SECONDS);

        leader.start();
        boolean all = isPublished(cluster, calls, leader, draft);
        assertThat(told).as("round %d, seed %d: %s", round, SEED, all ? "published" : "not published")
                .isNotEqualTo(all ? Result.NOT_DONE : Result.DONE);
        (all ? published : notPublished).merge(told, 1, Integer::sum);
        latestKillNanos = all ? latestKillNanos * 9 / 10 : latestKillNanos * 10 / 9;
        version += all ? 1 : 0;
    }

    /** Tells whether the change set is published, which every member that runs has to say alike. */
    private boolean isPublished(RosterCluster cluster, ChangeSetCalls calls, RosterProcess killed, Draft draft)
            throws Exception {
        List<URI> others = cluster.members().stream().filter(member -> member != killed).map(RosterProcess::address)
                .toList();
        await("reads without the leader").atMost(LIMIT).ignoreExceptions()
                .until(() -> !calls.items(others.getFirst()).isEmpty() || version == 0);
        boolean all = items.version(calls.items(others.getFirst())) == version + 1;
        for (URI member : others) {
            assertThat(items.version(calls.items(member))).as("%s, seed %d", member, SEED)
                    .isEqualTo(all ? version + 1 : version);
            assertThat(calls.isPublished(member, draft)).as("the change set at %s, seed %d", member, SEED)
                    .isEqualTo(all);
        }
        return all;
    }

    private void print(int answers) {
        System.out.printf("%d change sets of %d items, each with its leader killed:%n", ROUNDS, ITEMS);
        System.out.printf("published: %d, of them acknowledged %d, unknown to the caller %d%n",
                sum(published), published.getOrDefault(Result.DONE, 0), published.getOrDefault(Result.UNKNOWN, 0));
        System.out.printf("not published: %d, of them refused %d, unknown to the caller %d%n", sum(notPublished),
                notPublished.getOrDefault(Result.NOT_DONE, 0), notPublished.getOrDefault(Result.UNKNOWN, 0));
        System.out.printf("%d answers read meanwhile, 0 with a part of a change set; killed within %d ms%n", answers,
                TimeUnit.NANOSECONDS.toMillis(latestKillNanos));
    }

    private static int sum(Map<Result, Integer> counts) {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }
}
