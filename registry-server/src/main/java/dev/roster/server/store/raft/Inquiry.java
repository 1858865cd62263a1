package dev.roster.server.store.raft;

import io.atomix.cluster.MemberId;
import io.atomix.cluster.messaging.ClusterCommunicationService;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** Asks other members how they stand, and answers them. Heard by all members, of whichever cluster. */
final class Inquiry {

    private static final String SUBJECT = "member/standing";
    private static final Duration TIMEOUT = Duration.ofSeconds(1);

    private final ClusterCommunicationService messages;
    private final MemberId self;

    Inquiry(ClusterCommunicationService messages, MemberId self) {
        this.messages = messages;
        this.self = self;
    }

    /** Begins to answer. */
    void open(Function<MemberId, Standing> answer) {
        var _ = messages.<String, byte[]>subscribe(SUBJECT, bytes -> new String(bytes, StandardCharsets.UTF_8),
                asker -> CompletableFuture.completedFuture(answer.apply(MemberId.from(asker)).encode()),
                Function.identity());
    }

    /** Asks another member; fails when it does not answer within a second. */
    CompletableFuture<Standing> ask(MemberId other) {
        return messages.<String, Standing>send(SUBJECT, self.id(), text -> text.getBytes(StandardCharsets.UTF_8),
                Standing::decode, other, TIMEOUT);
    }
}
