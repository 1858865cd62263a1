package dev.roster.server.store.raft;

import dev.roster.server.store.LeaseId;
import dev.roster.server.store.StoreUnavailableException;
import io.atomix.cluster.MemberId;
import io.atomix.cluster.messaging.ClusterCommunicationService;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Brings keep-alives to the leader, whichever member they reach. They are answered from the leader's memory.
 *
 * <p>A message is eight bytes for each lease; an answer is a byte that says whether the member leads, and eight bytes for
 * each lease that does not exist.
 */
final class KeepAliveRelay {

    /** Not of the form that Atomix gives its own subjects, the name of the group before a hyphen. */
    private static final String SUBJECT = "lease/keep-alive";
    private static final byte LEADS = 1;
    private static final byte DOES_NOT_LEAD = 0;
    private static final Duration TIMEOUT = Duration.ofSeconds(3);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final ClusterCommunicationService communication;
    private final MemberId self;
    private final Supplier<@Nullable MemberId> leader;
    private final LeaseWarden warden;
    private final Supplier<CompletableFuture<Void>> barrier;

    /**
     * Makes the relay.
     *
     * @param leader who leads, as far as this member knows
     * @param barrier waits until this replica shows all that was acknowledged before
     */
    KeepAliveRelay(ClusterCommunicationService communication, MemberId self, Supplier<@Nullable MemberId> leader,
            LeaseWarden warden, Supplier<CompletableFuture<Void>> barrier) {
        this.communication = communication;
        this.self = self;
        this.leader = leader;
        this.warden = warden;
        this.barrier = barrier;
    }

    /** Begins to answer the other members. */
    void open() {
        var _ = communication.<byte[], byte[]>subscribe(SUBJECT, Function.identity(), this::answer,
                Function.identity());
    }

    /** Gives leases a full period, and returns those that do not exist. */
    CompletableFuture<Set<LeaseId>> keepAlive(Collection<LeaseId> ids) {
        MemberId to = leader.get();
        if (to == null) {
            return CompletableFuture.failedFuture(new StoreUnavailableException(RETRY_AFTER));
        }
        if (to.equals(self)) {
            return warden.isLeading()
                    ? renew(ids)
                    : CompletableFuture.failedFuture(new StoreUnavailableException(RETRY_AFTER));
        }
        return communication
                .<byte[], byte[]>send(SUBJECT, encode(ids), Function.identity(), Function.identity(), to, TIMEOUT)
                .handle((answer, error) -> {
                    if (error != null || answer.length == 0 || answer[0] != LEADS) {
                        throw new CompletionException(new StoreUnavailableException(RETRY_AFTER));
                    }
                    return Set.copyOf(decode(ByteBuffer.wrap(answer, 1, answer.length - 1)));
                });
    }

    private CompletableFuture<byte[]> answer(byte[] message) {
        if (!warden.isLeading()) {
            return CompletableFuture.completedFuture(new byte[]{DOES_NOT_LEAD});
        }
        return renew(decode(ByteBuffer.wrap(message))).handle((unknown, error) -> {
            if (error != null) {
                return new byte[]{DOES_NOT_LEAD};
            }
            byte[] ids = encode(unknown);
            return ByteBuffer.allocate(1 + ids.length).put(LEADS).put(ids).array();
        });
    }

    private CompletableFuture<Set<LeaseId>> renew(Collection<LeaseId> ids) {
        List<LeaseId> unknown = warden.renew(ids);
        if (unknown.isEmpty()) {
            return CompletableFuture.completedFuture(Set.of());
        }
        // Another member may have acknowledged a grant that this replica has not applied yet.
        return barrier.get().thenApply(shown -> new HashSet<>(warden.renew(unknown)));
    }

    private static byte[] encode(Collection<LeaseId> ids) {
        ByteBuffer buffer = ByteBuffer.allocate(ids.size() * Long.BYTES);
        ids.forEach(id -> buffer.putLong(id.value()));
        return buffer.array();
    }

    private static Set<LeaseId> decode(ByteBuffer buffer) {
        Set<LeaseId> ids = new HashSet<>();
        while (buffer.remaining() >= Long.BYTES) {
            ids.add(new LeaseId(buffer.getLong()));
        }
        return ids;
    }
}
