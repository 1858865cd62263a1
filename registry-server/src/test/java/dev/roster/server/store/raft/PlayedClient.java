package dev.roster.server.store.raft;

import io.atomix.cluster.MemberId;
import io.atomix.primitive.PrimitiveType;
import io.atomix.primitive.operation.PrimitiveOperation;
import io.atomix.primitive.service.ServiceConfig;
import io.atomix.protocols.raft.ReadConsistency;
import io.atomix.protocols.raft.protocol.CommandRequest;
import io.atomix.protocols.raft.protocol.OpenSessionRequest;
import io.atomix.protocols.raft.protocol.QueryRequest;
import io.atomix.protocols.raft.protocol.RaftResponse;
import io.atomix.protocols.raft.protocol.RaftServerProtocol;
import io.atomix.utils.serializer.Serializer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A client of Atomix, played by the test: it says each thing once, to one member. */
final class PlayedClient {

    static final String SERVICE = "service";

    /** Longer than any test. */
    static final Duration SESSION_TIMEOUT = Duration.ofHours(1);

    private final RaftServerProtocol protocol;
    private final MemberId member;
    private final long session;
    private long sequence;

    /** Goes on with a session that there is. */
    PlayedClient(RaftServerProtocol protocol, MemberId member, long session) {
        this.protocol = protocol;
        this.member = member;
        this.session = session;
    }

    /** Opens a session on the leader. */
    static PlayedClient open(RaftServerProtocol protocol, MemberId leader, PrimitiveType<?, ?, ?> type)
            throws Exception {
        var opened = protocol.openSession(leader, OpenSessionRequest.builder().withMemberId(leader)
                .withServiceName(SERVICE).withServiceType(type).withServiceConfig(config(type))
                .withReadConsistency(ReadConsistency.LINEARIZABLE).withMinTimeout(SESSION_TIMEOUT.toMillis())
                .withMaxTimeout(SESSION_TIMEOUT.toMillis()).build()).get(30, TimeUnit.SECONDS);
        if (opened.status() != RaftResponse.Status.OK) {
            throw new IllegalStateException("no session: " + opened);
        }
        return new PlayedClient(protocol, leader, opened.session());
    }

    static byte[] config(PrimitiveType<?, ?, ?> type) {
        return Serializer.using(type.namespace()).encode(new ServiceConfig());
    }

    /** Fails when the answer is an error. */
    CompletableFuture<byte[]> command(PrimitiveOperation operation) {
        return protocol.command(member, CommandRequest.builder().withSession(session).withSequence(++sequence)
                .withOperation(operation).build()).thenApply(response -> {
                    if (response.status() != RaftResponse.Status.OK) {
                        throw new IllegalStateException(response.toString());
                    }
                    return response.result();
                });
    }

    /** Asks linearizably; fails when the answer is an error. */
    CompletableFuture<byte[]> query(PrimitiveOperation operation) {
        return protocol.query(member, QueryRequest.builder().withSession(session).withSequence(sequence).withIndex(0)
                .withOperation(operation).build()).thenApply(response -> {
                    if (response.status() != RaftResponse.Status.OK) {
                        throw new IllegalStateException(response.toString());
                    }
                    return response.result();
                });
    }

    long add() throws Exception {
        return CounterType.decode(command(CounterType.ADD).get(30, TimeUnit.SECONDS));
    }

    long get() throws Exception {
        return CounterType.decode(query(CounterType.GET).get(30, TimeUnit.SECONDS));
    }

    long session() {
        return session;
    }
}
