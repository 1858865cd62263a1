package dev.roster.server.store.codec;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of each proposer, least recently used first. It is bounded in every direction, by numbers of things that
 * the log holds and never by time: the time of an entry is the clock of whoever led, which may jump. So what is given up is
 * the same on every replica, and no clock makes a batch that is proposed again be applied again.
 */
final class ClientTable {

    /**
     * Most proposers. A member has one for each of its starts and sends a batch again within seconds, so that one whose
     * outcome is still wanted is never behind a thousand others.
     */
    static final int MAX_CLIENTS = 1024;

    /** Most batches of one proposer that are remembered: it has a few outstanding at a time. */
    static final int MAX_BATCHES = 64;

    /** Most bytes of outcomes of one proposer that are remembered. */
    static final int MAX_BYTES = 4 * 1024 * 1024;

    /** Most bytes of outcomes of all proposers: those of members that are gone must not fill the memory. */
    static final long MAX_BYTES_OF_ALL = 64L * 1024 * 1024;

    /** Stands for outcomes that were given up: of a batch that is known to have been applied. */
    private static final byte[] GIVEN_UP = CommandCodec.encodeOutcomes(List.of());

    private final Map<Long, Client> clients = new LinkedHashMap<>();
    private long bytesOfAll;

    /**
     * Returns a client, newly made if it is unknown, as the most recent one.
     *
     * @param oldestOutstanding what it will not ask for again ends before this sequence number
     */
    Client touch(long id, long oldestOutstanding) {
        Client client = clients.remove(id);
        if (client == null) {
            client = new Client(id);
        }
        clients.put(id, client);
        long before = client.bytes;
        client.forgetBefore(oldestOutstanding);
        bytesOfAll += client.bytes - before;
        if (clients.size() > MAX_CLIENTS) {
            var leastRecent = clients.values().iterator();
            bytesOfAll -= leastRecent.next().bytes;
            leastRecent.remove();
        }
        return client;
    }

    /** Remembers the outcomes of a batch of a client of this table. */
    void remember(Client client, long sequence, byte[] encoded) {
        long before = client.bytes;
        client.remember(sequence, encoded);
        bytesOfAll += client.bytes - before;
        for (Client leastRecent : clients.values()) {
            if (bytesOfAll <= MAX_BYTES_OF_ALL) {
                return;
            }
            long held = leastRecent.bytes;
            leastRecent.giveUpBytes(0);
            bytesOfAll += leastRecent.bytes - held;
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
        copy.bytesOfAll = bytesOfAll;
        return copy;
    }

    /** What is remembered of one proposer. */
    static final class Client {
        final long id;

        private final TreeMap<Long, byte[]> outcomes = new TreeMap<>();
        private long floor;
        private long bytes;

        Client(long id) {
            this.id = id;
        }

        /** Makes a client that was read from an image. */
        Client(long id, long floor) {
            this.id = id;
            this.floor = floor;
        }

        /** Returns the least sequence number of which it is known whether it was applied. */
        long floor() {
            return floor;
        }

        Map<Long, byte[]> outcomes() {
            return outcomes;
        }

        private void forgetBefore(long sequence) {
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

        private void remember(long sequence, byte[] encoded) {
            outcomes.put(sequence, encoded);
            bytes += encoded.length;
            while (outcomes.size() > MAX_BATCHES) {
                forgetBefore(outcomes.firstKey() + 1);
            }
            giveUpBytes(MAX_BYTES);
        }

        private void giveUpBytes(int most) {
            for (Map.Entry<Long, byte[]> oldest : outcomes.entrySet()) {
                if (bytes <= most) {
                    return;
                }
                bytes += GIVEN_UP.length - oldest.getValue().length;
                oldest.setValue(GIVEN_UP);
            }
        }

        private Client copy() {
            Client copy = new Client(id, floor);
            copy.outcomes.putAll(outcomes);
            copy.bytes = bytes;
            return copy;
        }
    }
}
