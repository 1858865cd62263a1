package dev.roster.system.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.roster.system.fault.Operation.Result;
import dev.roster.system.fault.StoreConnection.Draft;
import dev.roster.system.fault.StoreConnection.Items;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * The leader of three members is killed while a change set of 200 items is published: all of them or none, on every member, and
 * what the caller was told holds. {@code -Droster.fault.change-set-kills} says how often.
 */
@Isolated
class ChangeSetKillsIT {

    private static final int ROUNDS = Integer.getInteger("roster.fault.change-set-kills", 2);
    private static final long SEED = Long.getLong("roster.fault.seed", System.nanoTime());

    /** So many rounds see both: change sets that were published in spite of the kill, and such that were not. */
    private static final int ROUNDS_THAT_SEE_BOTH = 20;

    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    private final Random random = new Random(SEED);
    private final ItemsSeen items = new ItemsSeen();
    private final Map<Result, Integer> published = new EnumMap<>(Result.class);
    private final Map<Result, Integer> notPublished = new EnumMap<>(Result.class);
    private final List<Long> failovers = new ArrayList<>();

    /**
     * When the leader is killed at the latest, after the request was sent. It follows how long a publication takes on this
     * machine, so that about as many are published as are not.
     */
    private long latestKillNanos = TimeUnit.MILLISECONDS.toNanos(60);
    private long version;

    @Test
    void publishesAllOfAChangeSetOrNothing() throws Exception {
        System.out.println("roster.fault.seed=" + SEED + ", " + ROUNDS + " leader kills within a change set");
        try (StoreGroup group = StoreGroup.start(directory, 3);
                MixtureWatch readers = new MixtureWatch(group.members(), items)) {
            for (int round = 0; round < ROUNDS; round++) {
                round(group, "round " + round);
                readers.assertNone();
            }
            group.awaitReady();
            for (StoreMember member : group.members()) {
                assertThat(items.version(read(member, 0).versions())).as("%s at the end, seed %d", member, SEED)
                        .isEqualTo(version);
            }
            assertThat(group.fatalities()).as("members that ended by themselves").isEmpty();
            assertThat(readers.answers()).isPositive();
            print(readers.answers());
        }
        if (ROUNDS >= ROUNDS_THAT_SEE_BOTH) {
            assertThat(published).as("seed %d", SEED).isNotEmpty();
            assertThat(notPublished).as("seed %d", SEED).isNotEmpty();
        }
    }

    private void round(StoreGroup group, String attempt) throws Exception {
        items.expect(version + 1, attempt);
        Draft draft = inTime(() -> draft(group.leader(), attempt));
        // The one that was killed last may still be starting: without it a second kill would stop the group.
        group.awaitReady();
        StoreMember leader = group.leader();
        StoreMember asked = group.members().get(random.nextInt(group.members().size()));

        CompletableFuture<Result> answer = CompletableFuture.supplyAsync(() -> publish(asked, draft));
        // Not to wait for something: it is killed at a random moment of the publication.
        Thread.sleep(Duration.ofNanos(random.nextLong(latestKillNanos)));
        long killed = System.nanoTime();
        leader.kill();
        Result told = answer.get(LIMIT.toSeconds(), TimeUnit.SECONDS);

        boolean all = isPublished(group, leader, draft);
        failovers.add((System.nanoTime() - killed) / 1_000_000);
        leader.start();
        assertThat(told).as("%s, seed %d: %s", attempt, SEED, all ? "published" : "not published")
                .isNotEqualTo(all ? Result.NOT_DONE : Result.DONE);
        (all ? published : notPublished).merge(told, 1, Integer::sum);
        latestKillNanos = all ? latestKillNanos * 9 / 10 : latestKillNanos * 10 / 9;
        version += all ? 1 : 0;
    }

    private Draft draft(StoreMember leader, String attempt) throws IOException {
        try (StoreConnection connection = new StoreConnection(leader.clientPort())) {
            return connection.draft(version, attempt);
        }
    }

    /** Who loses the connection knows nothing. */
    private static Result publish(StoreMember asked, Draft draft) {
        try (StoreConnection connection = new StoreConnection(asked.clientPort())) {
            return connection.publish(draft);
        } catch (IOException e) {
            return Result.UNKNOWN;
        }
    }

    /** Tells whether the change set is published, which every member that runs has to say alike. */
    private boolean isPublished(StoreGroup group, StoreMember killed, Draft draft) throws Exception {
        List<StoreMember> others = group.members().stream().filter(member -> member != killed).toList();
        boolean all = items.version(inTime(() -> read(others.getFirst(), draft.id())).versions()) == version + 1;
        for (StoreMember member : others) {
            Items seen = inTime(() -> read(member, draft.id()));
            assertThat(items.version(seen.versions())).as("%s, seed %d", member, SEED)
                    .isEqualTo(all ? version + 1 : version);
            assertThat(seen.published()).as("the change set at %s, seed %d", member, SEED).isEqualTo(all);
        }
        return all;
    }

    /** Does something as soon as there is a leader again. */
    private static <T> T inTime(Callable<T> task) {
        return await("a leader").atMost(LIMIT).pollInterval(Duration.ofMillis(20))
                .ignoreExceptionsInstanceOf(IOException.class).until(task, answer -> true);
    }

    private static Items read(StoreMember member, long changeSet) throws IOException {
        try (StoreConnection connection = new StoreConnection(member.clientPort())) {
            return connection.items(true, changeSet);
        }
    }

    private void print(int answers) {
        System.out.printf("%d change sets of %d items, the leader killed within each: 0 were published in part%n",
                ROUNDS,
                ItemsSeen.COUNT);
        System.out.printf("published: %d, of them acknowledged %d, unknown to the caller %d%n",
                sum(published), published.getOrDefault(Result.DONE, 0), published.getOrDefault(Result.UNKNOWN, 0));
        System.out.printf("not published: %d, of them refused %d, unknown to the caller %d%n", sum(notPublished),
                notPublished.getOrDefault(Result.NOT_DONE, 0), notPublished.getOrDefault(Result.UNKNOWN, 0));
        System.out.printf("%d answers read meanwhile, 0 with a part of a change set; killed within %d ms%n", answers,
                TimeUnit.NANOSECONDS.toMillis(latestKillNanos));
        Verdict.printTimes("read by both others after the kill", failovers);
    }

    private static int sum(Map<Result, Integer> counts) {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }
}
