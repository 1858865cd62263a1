package dev.roster.server.store.raft;

import io.atomix.primitive.Recovery;
import io.atomix.primitive.operation.OperationId;
import io.atomix.primitive.operation.PrimitiveOperation;
import io.atomix.primitive.service.ServiceConfig;
import io.atomix.primitive.session.SessionClient;
import io.atomix.protocols.raft.RaftClient;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sessions of the Atomix client. They are used as an ordered pipe only: answers come from the local replica. */
final class SessionLink implements LogLink {

    private static final Logger LOG = LoggerFactory.getLogger(SessionLink.class);

    /** A session outlives an election and a long pause; when it is gone, the next one takes over without loss. */
    private static final Duration SESSION_TIMEOUT = Duration.ofSeconds(30);

    private final RaftClient client;
    private final StorePrimitiveType type;

    SessionLink(RaftClient client, StorePrimitiveType type) {
        this.client = client;
        this.type = type;
    }

    @Override
    public CompletableFuture<Session> open() {
        return client.sessionBuilder(StorePrimitiveType.SERVICE, type, new ServiceConfig())
                .withMinTimeout(SESSION_TIMEOUT)
                .withMaxTimeout(SESSION_TIMEOUT)
                .withRecoveryStrategy(Recovery.CLOSE)
                .withMaxRetries(0)
                .build()
                .connect()
                .thenApply(ClientSession::new);
    }

    private record ClientSession(SessionClient session) implements Session {

        private static final OperationId APPEND = OperationId.command("append");

        @Override
        public CompletableFuture<Void> send(byte[] batch) {
            return session.execute(PrimitiveOperation.operation(APPEND, batch)).thenApply(ignored -> null);
        }

        @Override
        public void close() {
            var _ = session.close().whenComplete((done, error) -> {
                if (error != null) {
                    LOG.debug("closing session {}", session.sessionId(), error);
                }
            });
        }
    }
}
