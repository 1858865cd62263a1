package dev.roster.system.coordination;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.roster.api.coordination.Claim;
import dev.roster.client.ClaimLostException;
import dev.roster.client.ClaimSpec;
import dev.roster.client.CoordinationOperations;
import dev.roster.client.HeldClaim;
import dev.roster.client.RosterClient;
import dev.roster.client.RosterException;
import dev.roster.client.SessionKeeper;
import dev.roster.test.RosterCluster;
import dev.roster.test.RosterProcess;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Programs take turns at one lock while the leader of three members is killed; one of them dies with it now and then, so that only
 * the end of its session frees it. Others wait at a barrier meanwhile, whose last party comes when the leader is gone.
 * {@code -Droster.coordination.rounds} says how often the leader is killed.
 */
@Isolated
class LockHoldersIT {
    private static final int ROUNDS = Integer.getInteger("roster.coordination.rounds", 1);
    private static final long SEED = Long.getLong("roster.coordination.seed", System.nanoTime());
    private static final int PROGRAMS = 4;
    private static final Duration TTL = Duration.ofSeconds(2);
    private static final ClaimSpec LOCK = ClaimSpec.lock("contended");

    private final Queue<Hold> holds = new ConcurrentLinkedQueue<>();
    private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
    private volatile boolean running = true;

    @Test
    void neverHasTwoHoldersWhateverHappensToTheLeader() {
        System.out.println("roster.coordination.seed=" + SEED + ", " + ROUNDS + " leader kills");
        Random random = new Random(SEED);
        try (RosterCluster cluster = RosterCluster.start();
                ExecutorService programs = Executors.newVirtualThreadPerTaskExecutor()) {
            List<URI> addresses = cluster.addresses();
            for (int i = 0; i < PROGRAMS; i++) {
                RosterClient client = cluster.clientOf(addresses);
                long seed = random.nextLong();
                String name = "program-" + i;
                programs.execute(() -> run(client, name, new Random(seed)));
            }
            try {
                for (int round = 0; round < ROUNDS; round++) {
                    awaitHolds(10);
                    killLeader(cluster, "round-" + round);
                }
            } finally {
                running = false;
            }
        }

        System.out.println(holds.size() + " holds");
        assertThat(failures).isEmpty();
        assertThat(HoldJudge.violations(List.copyOf(holds))).isEmpty();
    }

    private void killLeader(RosterCluster cluster, String round) {
        try (Meeting meeting = new Meeting(cluster, round, PROGRAMS)) {
            RosterProcess leader = cluster.awaitLeader();
            leader.kill();
            long killed = System.nanoTime();
            meeting.complete();
            System.out.printf("%s: all have passed a barrier after the leader was killed, within %d ms%n", round,
                    (System.nanoTime() - killed) / 1_000_000);
            awaitHolds(10);
            System.out.printf("%s: ten holds after the leader was killed, within %d ms%n", round,
                    (System.nanoTime() - killed) / 1_000_000);
            leader.restart();
        }
    }

    private void awaitHolds(int more) {
        int before = holds.size();
        await("the lock goes on").atMost(Duration.ofSeconds(60)).until(() -> holds.size() >= before + more);
    }

    private void run(RosterClient client, String name, Random random) {
        try (client; SessionKeeper keeper = client.keepSession(TTL, name)) {
            while (running) {
                if (random.nextInt(20) == 0) {
                    die(client, name);
                } else {
                    hold(keeper, name, random);
                }
            }
        } catch (InterruptedException | RuntimeException e) {
            failures.add(e);
        }
    }

    private void hold(SessionKeeper keeper, String name, Random random) throws InterruptedException {
        HeldClaim held = keeper.claim(LOCK);
        long from = System.nanoTime();
        long until = from;
        for (int i = random.nextInt(5); i >= 0; i--) {
            long sure = System.nanoTime();
            if (held.isHeld()) {
                until = sure;
            }
            // Not to wait for something: how long a lock is held.
            Thread.sleep(random.nextInt(5));
        }
        holds.add(new Hold(name, held.fencingToken(), from, until));
        try {
            held.release();
        } catch (ClaimLostException e) {
            System.out.println(name + ": " + e.getMessage());
        }
    }

    /** Holds the lock by a session that nobody keeps alive, and never gives it up. */
    private void die(RosterClient client, String name) {
        CoordinationOperations operations = client.coordination();
        try {
            long opened = System.nanoTime();
            String session = operations.openSession(TTL, name + " (dying)").id();
            Claim claim = operations.claim(LOCK, name + "-" + opened, session, true, TTL);
            Long token = claim.fencingToken();
            long from = System.nanoTime();
            long until = opened + TTL.toNanos();
            if (token != null && from < until) {
                holds.add(new Hold(name + " (dying)", token, from, until));
            }
        } catch (RosterException e) {
            System.out.println(name + " died without the lock: " + e.getMessage());
        }
    }
}
