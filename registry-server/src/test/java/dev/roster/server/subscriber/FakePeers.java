package dev.roster.server.subscriber;

import dev.roster.server.cluster.Peers;
import dev.roster.server.store.StoreUnavailableException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;

/** Members that reach one another at once, unless a test has one not answer. */
final class FakePeers {
    final Set<String> silent = new HashSet<>();
    private final Map<String, Map<String, UnaryOperator<byte[]>>> members = new HashMap<>();

    /** Adds a member, and returns how it sees the others. */
    Peers join(String self) {
        members.put(self, new HashMap<>());
        return new Peers() {
            @Override
            public String self() {
                return self;
            }

            @Override
            public Set<String> others() {
                Set<String> others = new TreeSet<>(members.keySet());
                others.remove(self);
                return others;
            }

            @Override
            public void answer(String subject, UnaryOperator<byte[]> answer) {
                members.get(self).put(subject, answer);
            }

            @Override
            public CompletableFuture<byte[]> ask(String member, String subject, byte[] question) {
                if (silent.contains(member)) {
                    return CompletableFuture.failedFuture(new StoreUnavailableException(Duration.ofSeconds(1)));
                }
                return CompletableFuture.completedFuture(members.get(member).get(subject).apply(question));
            }
        };
    }
}
