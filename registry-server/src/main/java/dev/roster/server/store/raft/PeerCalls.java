package dev.roster.server.store.raft;

import dev.roster.server.store.StoreUnavailableException;
import io.atomix.cluster.MemberId;
import io.atomix.cluster.messaging.ClusterCommunicationService;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Questions that members put to one another, whoever leads. What they mean is for others to say: here they are bytes under a
 * subject. May be used by any thread.
 */
final class PeerCalls {

    /** Keeps subjects apart from those of the engine. */
    private static final String PREFIX = "peer/";

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final ClusterCommunicationService communication;

    PeerCalls(ClusterCommunicationService communication) {
        this.communication = communication;
    }

    /** Begins to answer the other members. */
    void answer(String subject, UnaryOperator<byte[]> answer, Executor executor) {
        var _ = communication.<byte[], byte[]>subscribe(PREFIX + subject, Function.identity(), answer,
                Function.identity(), executor);
    }

    /** Asks another member. Fails with {@link StoreUnavailableException} when it does not answer in time, or can't. */
    CompletableFuture<byte[]> ask(String member, String subject, byte[] question, Duration timeout) {
        return communication.<byte[], byte[]>send(PREFIX + subject, question, Function.identity(),
                Function.identity(), MemberId.from(member), timeout).handle((answer, error) -> {
                    if (error != null) {
                        throw new CompletionException(new StoreUnavailableException(RETRY_AFTER));
                    }
                    return answer;
                });
    }
}
