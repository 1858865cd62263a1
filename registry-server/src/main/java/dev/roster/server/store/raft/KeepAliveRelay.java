package dev.roster.server.store.raft;

import dev.roster.server.store.LeaseId;
import dev.roster.server.store.StoreUnavailableException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * Brings keep-alives, and questions how long a lease has to live, to the leader, whichever member they reach. They are
 * answered from the leader's memory after a {@link PacedBarrier}: when this replica shows what comes after the
 * keep-alive, and in it no claim of a later leader, then a later leader begins to judge after the keep-alive, and gives the
 * lease a full period from then. Without it, one that has been replaced and does not know would promise what the other does not
 * keep.
 *
 * <p>A keep-alive is eight bytes for each lease, its answer eight bytes for each lease that does not exist. A question is the
 * eight bytes of the lease, its answer eight bytes of nanoseconds, or none if there is no such lease.
 */
final class KeepAliveRelay {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final LeaseWarden warden;
    private final PacedBarrier confirmations;
    private final LeaderCall keepAlives;
    private final LeaderCall questions;

    /**
     * Makes the relay.
     *
     * @param barrier waits until this replica shows all that was acknowledged before
     */
    KeepAliveRelay(LeaderCall.Peers peers, LeaseWarden warden, Supplier<CompletableFuture<Void>> barrier) {
        this.warden = warden;
        this.confirmations = new PacedBarrier(barrier);
        this.keepAlives = new LeaderCall(peers, "lease/keep-alive",
                ids -> renew(decode(ids)).thenApply(KeepAliveRelay::encode));
        this.questions = new LeaderCall(peers, "lease/time-to-live", this::tellRemaining);
    }

    /** Begins to answer the other members. */
    void open() {
        keepAlives.open();
        questions.open();
    }

    /** Sends on what waits. To be called a few times a second. */
    void tick() {
        confirmations.tick();
    }

    /** Leaves nobody waiting. */
    void close() {
        confirmations.close();
    }

    /** Gives leases a full period, and returns those that do not exist. */
    CompletableFuture<Set<LeaseId>> keepAlive(Collection<LeaseId> ids) {
        return keepAlives.ask(encode(ids)).thenApply(KeepAliveRelay::decode);
    }

    /** Returns how long a lease has to live. */
    CompletableFuture<Optional<Duration>> timeToLive(LeaseId id) {
        return questions.ask(encode(List.of(id))).thenApply(answer -> answer.length == 0
                ? Optional.empty()
                : Optional.of(Duration.ofNanos(ByteBuffer.wrap(answer).getLong())));
    }

    private CompletableFuture<Set<LeaseId>> renew(Collection<LeaseId> ids) {
        List<LeaseId> unknown = warden.renew(ids);
        return confirmations.next().thenApply(shown -> {
            // Another member may have acknowledged a grant that this replica had not applied yet.
            Set<LeaseId> gone = new HashSet<>(warden.renew(unknown));
            checkLeading();
            return gone;
        });
    }

    private CompletableFuture<byte[]> tellRemaining(byte[] question) {
        LeaseId id = new LeaseId(ByteBuffer.wrap(question).getLong());
        return confirmations.next().thenApply(shown -> {
            checkLeading();
            return encode(warden.remaining(id));
        });
    }

    private void checkLeading() {
        if (!warden.isLeading()) {
            throw new StoreUnavailableException(RETRY_AFTER);
        }
    }

    private static byte[] encode(Optional<Duration> remaining) {
        return remaining.map(left -> ByteBuffer.allocate(Long.BYTES).putLong(left.toNanos()).array())
                .orElseGet(() -> new byte[0]);
    }

    private static byte[] encode(Collection<LeaseId> ids) {
        ByteBuffer buffer = ByteBuffer.allocate(ids.size() * Long.BYTES);
        ids.forEach(id -> buffer.putLong(id.value()));
        return buffer.array();
    }

    private static Set<LeaseId> decode(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        Set<LeaseId> ids = new HashSet<>();
        while (buffer.remaining() >= Long.BYTES) {
            ids.add(new LeaseId(buffer.getLong()));
        }
        return ids;
    }
}
