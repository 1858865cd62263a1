package dev.roster.server.boot;

import dev.roster.server.cluster.Peers;
import dev.roster.server.store.raft.AtomixReplicator;
import dev.roster.server.store.raft.MemberStatus;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.UnaryOperator;

/** The other members by the engine's messages, as the cluster's port. */
final class EnginePeers implements Peers {

    /** A member that works answers within milliseconds. */
    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    private final AtomixReplicator engine;
    private final Executor executor;

    /**
     * Makes it.
     *
     * @param executor answers questions, each of which may wait
     */
    EnginePeers(AtomixReplicator engine, Executor executor) {
        this.engine = engine;
        this.executor = executor;
    }

    @Override
    public String self() {
        return engine.member();
    }

    @Override
    public Set<String> others() {
        Set<String> others = new TreeSet<>();
        engine.members().stream().map(MemberStatus::id).filter(member -> !member.equals(self())).forEach(others::add);
        return others;
    }

    @Override
    public void answer(String subject, UnaryOperator<byte[]> answer) {
        engine.answerPeers(subject, answer, executor);
    }

    @Override
    public CompletableFuture<byte[]> ask(String member, String subject, byte[] question) {
        return engine.askPeer(member, subject, question, TIMEOUT);
    }
}
