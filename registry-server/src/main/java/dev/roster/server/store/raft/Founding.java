package dev.roster.server.store.raft;

import io.atomix.cluster.MemberId;
import io.atomix.cluster.messaging.ClusterCommunicationService;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out whether a member without data is one of a new cluster, or has lost its data.
 *
 * <p>It asks the others. If one of them has data, the cluster is not new. If all of them have none, it is. As long as neither is
 * known it waits: two members that have nothing would otherwise elect one of them, and if the third has what they have lost,
 * lose it for good.
 */
final class Founding {

    private static final Logger LOG = LoggerFactory.getLogger(Founding.class);

    /** Not of the form that Atomix gives its own subjects, the name of the group before a hyphen. */
    private static final String SUBJECT = "member/has-data";

    private static final byte HAS_NONE = 0;
    private static final byte HAS_DATA = 1;
    private static final Duration TIMEOUT = Duration.ofSeconds(1);
    private static final long RETRY_MILLIS = 200;

    /** How many times it asks before it says for whom it waits: 3 s. */
    private static final int SILENT_ROUNDS = 15;

    private final ClusterCommunicationService communication;
    private final List<MemberId> others;
    private final BooleanSupplier hasData;
    private final ScheduledExecutorService timer;
    private final Set<MemberId> withoutData = new TreeSet<>();
    private final CompletableFuture<Boolean> isNew = new CompletableFuture<>();
    private int rounds;

    /**
     * Makes it.
     *
     * @param others all members but this one
     * @param hasData whether this member has data, now
     */
    Founding(ClusterCommunicationService communication, List<MemberId> others, BooleanSupplier hasData,
            ScheduledExecutorService timer) {
        this.communication = communication;
        this.others = others;
        this.hasData = hasData;
        this.timer = timer;
    }

    /** Begins to answer the other members. */
    void open() {
        var _ = communication.<byte[], byte[]>subscribe(SUBJECT, Function.identity(),
                question -> CompletableFuture.completedFuture(new byte[]{hasData.getAsBoolean() ? HAS_DATA : HAS_NONE}),
                Function.identity());
    }

    /** Asks until it is known whether the cluster is new. A member that has data itself need not ask. */
    CompletableFuture<Boolean> isNew() {
        ask();
        return isNew;
    }

    private synchronized void ask() {
        if (isNew.isDone()) {
            return;
        }
        if (withoutData.size() == others.size()) {
            isNew.complete(true);
            return;
        }
        rounds++;
        if (rounds == SILENT_ROUNDS) {
            LOG.warn("This member has no data. Waiting for {}: only all members together begin a new cluster",
                    others.stream().filter(other -> !withoutData.contains(other)).toList());
        }
        for (MemberId other : others) {
            if (!withoutData.contains(other)) {
                var _ = communication
                        .<byte[], byte[]>send(SUBJECT, new byte[0], Function.identity(), Function.identity(),
                                other, TIMEOUT)
                        .thenAccept(answer -> answered(other, answer));
            }
        }
        var _ = timer.schedule(this::ask, RETRY_MILLIS, TimeUnit.MILLISECONDS);
    }

    private synchronized void answered(MemberId other, byte[] answer) {
        if (answer.length == 1 && answer[0] == HAS_DATA) {
            isNew.complete(false);
        } else if (answer.length == 1) {
            withoutData.add(other);
        }
    }
}
