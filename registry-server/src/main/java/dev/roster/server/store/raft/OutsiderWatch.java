package dev.roster.server.store.raft;

import io.atomix.cluster.MemberId;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out whether a member with data was removed from its cluster, or its data is of another cluster than that of the
 * members it was told of, and stops it then. It asks each of the others until that one has said that it is of the same
 * cluster, and all of them when there has been no leader for a while.
 *
 * <p>Used by one thread, but for what the others say.
 */
final class OutsiderWatch {

    private static final Logger LOG = LoggerFactory.getLogger(OutsiderWatch.class);

    /** Some elections: longer than any of these takes when all is well. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Inquiry inquiry;
    private final Supplier<List<MemberId>> others;
    private final Supplier<UUID> cluster;
    private final LongSupplier configuration;
    private final BooleanSupplier hasLeader;
    private final LongSupplier nanoTime;
    private final FatalHandler fatal;
    private final Set<MemberId> same = ConcurrentHashMap.newKeySet();
    private final Set<MemberId> strangers = ConcurrentHashMap.newKeySet();
    private long leaderSeen;
    private volatile boolean stopped;

    /**
     * Makes it.
     *
     * @param others the members that this one knows, but itself
     * @param cluster of which its data is
     * @param configuration index of the list of members that it goes by
     * @param hasLeader whether it hears from a leader
     */
    OutsiderWatch(Inquiry inquiry, Supplier<List<MemberId>> others, Supplier<UUID> cluster, LongSupplier configuration,
            BooleanSupplier hasLeader, LongSupplier nanoTime, FatalHandler fatal) {
        this.inquiry = inquiry;
        this.others = others;
        this.cluster = cluster;
        this.configuration = configuration;
        this.hasLeader = hasLeader;
        this.nanoTime = nanoTime;
        this.fatal = fatal;
        this.leaderSeen = nanoTime.getAsLong();
    }

    /** Looks; to be called about once a second. */
    void tick() {
        if (stopped) {
            return;
        }
        long now = nanoTime.getAsLong();
        if (hasLeader.getAsBoolean()) {
            leaderSeen = now;
        }
        boolean alone = now - leaderSeen > PATIENCE.toNanos();
        for (MemberId other : others.get()) {
            if (alone || !same.contains(other)) {
                var _ = inquiry.ask(other).thenAccept(standing -> heard(other, standing));
            }
        }
    }

    private void heard(MemberId other, Standing standing) {
        UUID theirs = standing.cluster();
        if (theirs == null) {
            return;
        }
        if (theirs.equals(cluster.get())) {
            same.add(other);
            strangers.remove(other);
            if (standing.hasData() && standing.asker() == Standing.Role.UNKNOWN
                    && standing.configuration() > 0 && standing.configuration() >= configuration.getAsLong()) {
                stop("This member was removed from the cluster. To take part again it is added anew and started with an"
                        + " empty data directory.");
            }
        } else if (strangers.add(other)) {
            LOG.error("The data of {} is of another cluster, {}; this member does not talk to it", other, theirs);
            if (strangers.size() * 2 > others.get().size()) {
                stop("The data of this member is of another cluster, " + cluster.get() + ", than that of " + strangers
                        + ". Give it its own data directory with roster.data-dir, or correct roster.cluster.members.");
            }
        }
    }

    private void stop(String why) {
        if (!stopped) {
            stopped = true;
            fatal.fatal(why, new IllegalStateException("not one of this cluster"));
        }
    }
}
