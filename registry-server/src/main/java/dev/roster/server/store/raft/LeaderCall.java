package dev.roster.server.store.raft;

import dev.roster.server.store.StoreUnavailableException;
import io.atomix.cluster.MemberId;
import io.atomix.cluster.messaging.ClusterCommunicationService;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A question that the leader answers from its memory, whichever member it is put to. An answer is a byte that says whether
 * the member leads, and then what it says. May be used by any thread.
 */
final class LeaderCall {

    private static final byte LEADS = 1;
    private static final byte DOES_NOT_LEAD = 0;
    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(3);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final Peers peers;
    private final String subject;
    private final Duration timeout;
    private final Function<byte[], CompletableFuture<byte[]>> answer;

    /**
     * How members reach one another.
     *
     * @param communication carries questions
     * @param self this member
     * @param leader who leads, as far as this member knows
     * @param leads whether this member leads
     */
    record Peers(ClusterCommunicationService communication, MemberId self, Supplier<@Nullable MemberId> leader,
            BooleanSupplier leads) {}

    /**
     * Makes a question.
     *
     * @param subject names it; not of the form that Atomix gives its own, the name of the group before a hyphen
     * @param answer what the leader says; when it fails, the member that asks is told that there is no leader
     */
    LeaderCall(Peers peers, String subject, Function<byte[], CompletableFuture<byte[]>> answer) {
        this(peers, subject, DEFAULT_TIMEOUT, answer);
    }

    /** Makes a question that takes the leader longer than the default, 3 s. */
    LeaderCall(Peers peers, String subject, Duration timeout, Function<byte[], CompletableFuture<byte[]>> answer) {
        this.peers = peers;
        this.subject = subject;
        this.timeout = timeout;
        this.answer = answer;
    }

    /** Begins to answer the other members. */
    void open() {
        var _ = peers.communication.<byte[], byte[]>subscribe(subject, Function.identity(), this::answer,
                Function.identity());
    }

    /** Asks the leader. Fails with {@link StoreUnavailableException} when there is none, or it does not answer. */
    CompletableFuture<byte[]> ask(byte[] question) {
        MemberId to = peers.leader.get();
        if (to == null) {
            return CompletableFuture.failedFuture(new StoreUnavailableException(RETRY_AFTER));
        }
        if (to.equals(peers.self)) {
            return peers.leads.getAsBoolean()
                    ? answer.apply(question)
                    : CompletableFuture.failedFuture(new StoreUnavailableException(RETRY_AFTER));
        }
        return peers.communication
                .<byte[], byte[]>send(subject, question, Function.identity(), Function.identity(), to, timeout)
                .handle((said, error) -> {
                    if (error != null || said.length == 0 || said[0] != LEADS) {
                        throw new CompletionException(new StoreUnavailableException(RETRY_AFTER));
                    }
                    return Arrays.copyOfRange(said, 1, said.length);
                });
    }

    private CompletableFuture<byte[]> answer(byte[] question) {
        if (!peers.leads.getAsBoolean()) {
            return CompletableFuture.completedFuture(new byte[]{DOES_NOT_LEAD});
        }
        return answer.apply(question).handle((says, error) -> {
            if (error != null) {
                return new byte[]{DOES_NOT_LEAD};
            }
            byte[] framed = new byte[1 + says.length];
            framed[0] = LEADS;
            System.arraycopy(says, 0, framed, 1, says.length);
            return framed;
        });
    }
}
