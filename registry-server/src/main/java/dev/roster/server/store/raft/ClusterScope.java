package dev.roster.server.store.raft;

import io.atomix.cluster.MemberId;
import io.atomix.cluster.messaging.ClusterCommunicationService;
import io.atomix.cluster.messaging.MessagingException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Messages between the members of one cluster. Each subject carries the cluster's id, so that a member of another cluster has
 * nobody who hears it. Until it is known of which cluster this member is, nothing is sent and nothing is heard. May be used by
 * any thread.
 */
final class ClusterScope implements ClusterCommunicationService {

    private final ClusterCommunicationService messages;
    private final List<Runnable> subscriptions = new ArrayList<>();
    private volatile @Nullable UUID cluster;

    ClusterScope(ClusterCommunicationService messages) {
        this.messages = messages;
    }

    /** Begins to send and to hear. */
    synchronized void enter(UUID id) {
        if (cluster == null) {
            cluster = id;
            subscriptions.forEach(Runnable::run);
            subscriptions.clear();
        }
    }

    private String scoped(String subject) {
        return cluster + "/" + subject;
    }

    private synchronized CompletableFuture<Void> onceEntered(Runnable subscription) {
        if (cluster == null) {
            subscriptions.add(subscription);
        } else {
            subscription.run();
        }
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public <M> void broadcast(String subject, M message, Function<M, byte[]> encoder, boolean reliable) {
        if (cluster != null) {
            messages.broadcast(scoped(subject), message, encoder, reliable);
        }
    }

    @Override
    public <M> void broadcastIncludeSelf(String subject, M message, Function<M, byte[]> encoder, boolean reliable) {
        if (cluster != null) {
            messages.broadcastIncludeSelf(scoped(subject), message, encoder, reliable);
        }
    }

    @Override
    public <M> CompletableFuture<Void> unicast(String subject, M message, Function<M, byte[]> encoder, MemberId to,
            boolean reliable) {
        return cluster == null ? notYet() : messages.unicast(scoped(subject), message, encoder, to, reliable);
    }

    @Override
    public <M> void multicast(String subject, M message, Function<M, byte[]> encoder, Set<MemberId> to,
            boolean reliable) {
        if (cluster != null) {
            messages.multicast(scoped(subject), message, encoder, to, reliable);
        }
    }

    @Override
    public <M, R> CompletableFuture<R> send(String subject, M message, Function<M, byte[]> encoder,
            Function<byte[], R> decoder, MemberId to, @Nullable Duration timeout) {
        if (cluster == null) {
            return notYet();
        }
        return messages.<M, R>send(scoped(subject), message, encoder, decoder, to, timeout).exceptionally(error -> {
            Throwable cause = error instanceof CompletionException ? error.getCause() : error;
            throw new CompletionException(cause instanceof MessagingException.NoRemoteHandler
                    ? notConnected(to)
                    : cause);
        });
    }

    /** A member that does not hear is as good as one that is away: clients of Atomix turn to another then, and only then. */
    private static ConnectException notConnected(MemberId to) {
        return new ConnectException(to + " is of another cluster, or not ready yet");
    }

    private static <R> CompletableFuture<R> notYet() {
        return CompletableFuture.failedFuture(new IllegalStateException("this member has not joined a cluster yet"));
    }

    @Override
    public <M, R> CompletableFuture<Void> subscribe(String subject, Function<byte[], M> decoder,
            Function<M, R> handler, Function<R, byte[]> encoder, Executor executor) {
        return onceEntered(() -> {
            var _ = messages.subscribe(scoped(subject), decoder, handler, encoder, executor);
        });
    }

    @Override
    public <M, R> CompletableFuture<Void> subscribe(String subject, Function<byte[], M> decoder,
            Function<M, CompletableFuture<R>> handler, Function<R, byte[]> encoder) {
        return onceEntered(() -> {
            var _ = messages.subscribe(scoped(subject), decoder, handler, encoder);
        });
    }

    @Override
    public <M> CompletableFuture<Void> subscribe(String subject, Function<byte[], M> decoder, Consumer<M> handler,
            Executor executor) {
        return onceEntered(() -> {
            var _ = messages.subscribe(scoped(subject), decoder, handler, executor);
        });
    }

    @Override
    public <M> CompletableFuture<Void> subscribe(String subject, Function<byte[], M> decoder,
            BiConsumer<MemberId, M> handler, Executor executor) {
        return onceEntered(() -> {
            var _ = messages.subscribe(scoped(subject), decoder, handler, executor);
        });
    }

    @Override
    public void unsubscribe(String subject) {
        if (cluster != null) {
            messages.unsubscribe(scoped(subject));
        }
    }
}
