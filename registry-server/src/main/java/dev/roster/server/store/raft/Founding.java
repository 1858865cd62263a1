package dev.roster.server.store.raft;

import io.atomix.cluster.MemberId;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out what a member without data is: one of a new cluster, one that has lost its data, or one that was added to a
 * cluster.
 *
 * <p>It asks the others. If one of them has data, the cluster is not new, and that one says what this member is. If all of
 * them have none, it is. As long as neither is known it waits: two members that have nothing would otherwise elect one of
 * them, and if the third has what they have lost, lose it for good.
 *
 * <p>A member that remembers a vote has not lost anything and does not ask: those that elected the first leader may be ended before
 * they have an entry, and would have no vote for ever if the leader's made them take themselves for such that have lost theirs.
 */
final class Founding {

    private static final Logger LOG = LoggerFactory.getLogger(Founding.class);

    private static final long RETRY_MILLIS = 200;

    /** How many times it asks before it says for what it waits: 3 s. */
    private static final int SILENT_ROUNDS = 15;

    private final Inquiry inquiry;
    private final MemberId self;
    private final ClusterIdentity identity;
    private final List<MemberId> others;
    private final ScheduledExecutorService timer;
    private final Map<MemberId, Standing> withoutData = new TreeMap<>(Comparator.comparing(MemberId::id));
    private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    private boolean isStranger;
    private int rounds;

    /**
     * What was found.
     *
     * @param cluster the cluster that this member is of
     * @param role a founder of a new cluster, a voter that has lost its data, or a learner
     */
    record Outcome(UUID cluster, Role role) {

        enum Role {
            FOUNDER, VOTER, LEARNER
        }
    }

    /**
     * Makes it.
     *
     * @param others all members that this one was told of, but itself
     */
    Founding(Inquiry inquiry, MemberId self, ClusterIdentity identity, List<MemberId> others,
            ScheduledExecutorService timer) {
        this.inquiry = inquiry;
        this.self = self;
        this.identity = identity;
        this.others = others;
        this.timer = timer;
    }

    /** Asks until it is known. */
    CompletableFuture<Outcome> find() {
        ask();
        return outcome;
    }

    private synchronized void ask() {
        if (outcome.isDone()) {
            return;
        }
        if (withoutData.size() == others.size()) {
            outcome.complete(new Outcome(newCluster(), Outcome.Role.FOUNDER));
            return;
        }
        rounds++;
        if (rounds == SILENT_ROUNDS) {
            sayForWhat();
        }
        for (MemberId other : others) {
            if (!withoutData.containsKey(other)) {
                var _ = inquiry.ask(other).thenAccept(standing -> answered(other, standing));
            }
        }
        var _ = timer.schedule(this::ask, RETRY_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void sayForWhat() {
        if (isStranger) {
            LOG.warn("This member, {}, is not one of the cluster. Waiting until it is added: bin/roster members add {}",
                    self.id(), self.id());
        } else {
            LOG.warn("This member has no data. Waiting for {}: only all members together begin a new cluster",
                    others.stream().filter(other -> !withoutData.containsKey(other)).toList());
        }
    }

    /** All members find the same: one of them may have begun already, else the first one's proposal counts. */
    private UUID newCluster() {
        for (Standing other : withoutData.values()) {
            UUID begun = other.cluster();
            if (begun != null) {
                return begun;
            }
        }
        UUID first = identity.proposal();
        String name = self.id();
        for (Map.Entry<MemberId, Standing> other : withoutData.entrySet()) {
            if (other.getKey().id().compareTo(name) < 0) {
                name = other.getKey().id();
                first = other.getValue().proposal();
            }
        }
        return first;
    }

    private synchronized void answered(MemberId other, Standing standing) {
        UUID cluster = standing.cluster();
        if (!standing.hasData()) {
            withoutData.put(other, standing);
        } else if (cluster != null) {
            switch (standing.asker()) {
                case VOTER -> outcome.complete(new Outcome(cluster, Outcome.Role.VOTER));
                case LEARNER -> outcome.complete(new Outcome(cluster, Outcome.Role.LEARNER));
                case UNKNOWN -> isStranger = true;
            }
        }
    }
}
