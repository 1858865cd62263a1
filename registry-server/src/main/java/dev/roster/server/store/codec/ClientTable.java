package dev.roster.server.store.codec;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of each proposer, least recently used first. It is bounded in every direction; what is given up is
 * given up by the log alone, so it is the same on every replica.
 */
final class ClientTable {

    /** A proposer that was silent for so long will not propose an old batch again: far longer than any retry goes on. */
    static final Duration IDLE = Duration.ofMinutes(10);

    /** Most proposers: a member has one at a time, so this many only come of a thousand restarts in ten minutes. */
    static final int MAX_CLIENTS = 1024;

    /** Most batches of one proposer that are remembered: it has a few outstanding at a time. */
    static final int MAX_BATCHES = 64;

    /** Most bytes of outcomes of one proposer that are remembered. */
    static final int MAX_BYTES = 4 * 1024 * 1024;

    /** Stands for outcomes that were given up: of a batch that is known to have been applied. */
    private static final byte[] GIVEN_UP = CommandCodec.encodeOutcomes(List.of());

    private final Map<Long, Client> clients = new LinkedHashMap<>();

    /** Returns a client, newly made if it is unknown, after dropping those that have been idle. */
    Client touch(long id, Instant time) {
        Client client = clients.remove(id);
        if (client == null) {
            client = new Client(id);
        }
        client.lastUsed = time;
        clients.put(id, client);
        dropIdle(time);
        return client;
    }

    private void dropIdle(Instant time) {
        var leastRecent = clients.values().iterator();
        while (leastRecent.hasNext()) {
            Client client = leastRecent.next();
            boolean idle = client.lastUsed.plus(IDLE).isBefore(time);
            if (!idle && clients.size() <= MAX_CLIENTS) {
                return;
            }
            leastRecent.remove();
        }
    }

    /** Puts a client that was read from an image behind all others. */
    boolean add(Client client) {
        return clients.put(client.id, client) == null;
    }

    /** Returns the clients, least recently used first. */
    Collection<Client> all() {
        return clients.values();
    }

    /** Returns a copy that does not change with this one. */
    ClientTable copy() {
        ClientTable copy = new ClientTable();
        clients.forEach((id, client) -> copy.clients.put(id, client.copy()));
        return copy;
    }

    /** What is remembered of one proposer. */
    static final class Client {
        final long id;

        private final TreeMap<Long, byte[]> outcomes = new TreeMap<>();
        private Instant lastUsed = Instant.MIN;
        private long floor;
        private long bytes;

        Client(long id) {
            this.id = id;
        }

        /** Makes a client that was read from an image. */
        Client(long id, Instant lastUsed, long floor) {
            this.id = id;
            this.lastUsed = lastUsed;
            this.floor = floor;
        }

        Instant lastUsed() {
            return lastUsed;
        }

        /** Returns the least sequence number of which it is known whether it was applied. */
        long floor() {
            return floor;
        }

        Map<Long, byte[]> outcomes() {
            return outcomes;
        }

        /** Forgets what the proposer will not ask for again. */
        void forgetBefore(long sequence) {
            if (sequence > floor) {
                floor = sequence;
                Map<Long, byte[]> forgotten = outcomes.headMap(sequence);
                forgotten.values().forEach(outcome -> bytes -= outcome.length);
                forgotten.clear();
            }
        }

        /** Returns the outcomes of a batch, which are those of an empty one if they are forgotten; null if it is new. */
        byte @Nullable [] find(long sequence) {
            return sequence < floor ? GIVEN_UP : outcomes.get(sequence);
        }

        void remember(long sequence, byte[] encoded) {
            outcomes.put(sequence, encoded);
            bytes += encoded.length;
            while (outcomes.size() > MAX_BATCHES) {
                forgetBefore(outcomes.firstKey() + 1);
            }
            giveUpBytes();
        }

        private void giveUpBytes() {
            for (Map.Entry<Long, byte[]> oldest : outcomes.entrySet()) {
                if (bytes <= MAX_BYTES) {
                    return;
                }
                bytes += GIVEN_UP.length - oldest.getValue().length;
                oldest.setValue(GIVEN_UP);
            }
        }

        private Client copy() {
            Client copy = new Client(id, lastUsed, floor);
            copy.outcomes.putAll(outcomes);
            copy.bytes = bytes;
            return copy;
        }
    }
}
