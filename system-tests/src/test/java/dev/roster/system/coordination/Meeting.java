package dev.roster.system.coordination;

import static org.awaitility.Awaitility.await;

import dev.roster.client.RosterClient;
import dev.roster.client.SessionKeeper;
import dev.roster.test.RosterCluster;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;

/** Programs that wait for each other at a barrier, each by a client and a session of its own. */
final class Meeting implements AutoCloseable {
    private static final Duration TTL = Duration.ofSeconds(60);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final String barrier;
    private final int parties;
    private final List<RosterClient> clients = new ArrayList<>();
    private final List<CompletableFuture<Void>> passed = new ArrayList<>();

    /** Lets all but one arrive, and waits until they stand at it. */
    Meeting(RosterCluster cluster, String barrier, int parties) {
        this.barrier = barrier;
        this.parties = parties;
        for (int i = 0; i < parties; i++) {
            clients.add(cluster.clientOf(cluster.addresses()));
        }
        clients.subList(1, parties).forEach(this::arrive);
        await("all but one stand at " + barrier).atMost(PATIENCE).until(() -> clients.getFirst().coordination()
                .barrier(barrier).filter(seen -> seen.arrivals().size() == parties - 1).isPresent());
    }

    private void arrive(RosterClient client) {
        passed.add(CompletableFuture.runAsync(() -> pass(client), task -> Thread.ofVirtual().start(task)));
    }

    private void pass(RosterClient client) {
        try (SessionKeeper keeper = client.keepSession(TTL, barrier)) {
            keeper.awaitBarrier(barrier, parties, PATIENCE);
        } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
            throw new CompletionException(e);
        }
    }

    /** Lets the last one arrive, and waits until all have passed. */
    void complete() {
        arrive(clients.getFirst());
        passed.forEach(CompletableFuture::join);
    }

    @Override
    public void close() {
        clients.forEach(RosterClient::close);
    }
}
