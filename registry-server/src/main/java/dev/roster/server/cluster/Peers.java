package dev.roster.server.cluster;

import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;

/**
 * Lets members ask one another for what each of them knows in memory alone. Questions and answers are some kilobytes at most.
 * May be used by any thread.
 */
public interface Peers {

    /** Returns the id of this member. */
    String self();

    /** Returns the ids of all other members, whether they can be reached or not. */
    Set<String> others();

    /**
     * Begins to answer questions of the others.
     *
     * @param subject what the questions are about
     * @param answer called with each question, on a thread that may wait; when it throws, the other has no answer
     */
    void answer(String subject, UnaryOperator<byte[]> answer);

    /**
     * Asks another member.
     *
     * @return completed within two seconds; fails with {@link dev.roster.server.store.StoreUnavailableException} when there is
     *     no answer, as from a member that is away or does not know the subject yet
     */
    CompletableFuture<byte[]> ask(String member, String subject, byte[] question);
}
