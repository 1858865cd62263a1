package dev.roster.server.store.raft;

import io.atomix.cluster.messaging.ClusterCommunicationService;
import io.atomix.protocols.raft.partition.impl.RaftServerCommunicator;
import io.atomix.protocols.raft.protocol.AppendRequest;
import io.atomix.protocols.raft.protocol.AppendResponse;
import io.atomix.utils.serializer.Serializer;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * The protocol between members, in which a follower says that it has entries only once they are synced (Raft §5.3 counts
 * on it: "stored" means on stable storage). Atomix 3.1.12 answers as soon as they are written.
 */
final class SyncingProtocol extends RaftServerCommunicator {

    private final CompletableFuture<DurableRaftContext> context = new CompletableFuture<>();

    SyncingProtocol(String name, Serializer serializer, ClusterCommunicationService communication) {
        super(name, serializer, communication);
    }

    /** Names the context whose log is synced; appends that arrive before wait. The context's constructor takes the protocol. */
    void bind(DurableRaftContext context) {
        this.context.complete(context);
    }

    @Override
    public void registerAppendHandler(Function<AppendRequest, CompletableFuture<AppendResponse>> handler) {
        super.registerAppendHandler(request -> context.thenCompose(raft -> handler.apply(request)
                .thenApplyAsync(response -> {
                    if (response.succeeded()) {
                        raft.syncLog();
                    }
                    return response;
                }, raft.getThreadContext())));
    }
}
