package dev.roster.system.fault;

import dev.roster.server.store.raft.MembershipChange;
import dev.roster.server.store.raft.MembershipRefusedException.Reason;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/** Members that know each other, with the network between them. */
final class StoreGroup implements AutoCloseable {

    private static final Duration LEADER_LIMIT = Duration.ofSeconds(60);

    private static final int COMPACTED_BEFORE_LAST = 200;

    private final List<StoreMember> members;
    private final Links links;
    private final List<Event> events = new ArrayList<>();
    private long newestCompaction;

    private StoreGroup(List<StoreMember> members, Links links) {
        this.members = members;
        this.links = links;
    }

    /** Starts members {@code m1}, {@code m2}, … and waits until they are ready. */
    static StoreGroup start(Path directory, int size) throws IOException, InterruptedException {
        StoreGroup group = of(directory, size);
        try {
            group.members.forEach(StoreMember::start);
            group.awaitReady();
            return group;
        } catch (InterruptedException | RuntimeException | AssertionError e) {
            group.close();
            throw e;
        }
    }

    private static StoreGroup of(Path directory, int size) throws IOException {
        Set<Integer> taken = new HashSet<>();
        Map<String, Integer> ports = new TreeMap<>();
        for (int i = 1; i <= size; i++) {
            ports.put("m" + i, freePort(taken));
        }
        Links links = new Links(ports);
        List<StoreMember> members = new ArrayList<>();
        for (String id : ports.keySet()) {
            members.add(new StoreMember(id, directory.resolve(id), ports, freePort(taken), links));
        }
        return new StoreGroup(List.copyOf(members), links);
    }

    private static int freePort(Set<Integer> taken) throws IOException {
        while (true) {
            try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                if (taken.add(socket.getLocalPort())) {
                    return socket.getLocalPort();
                }
            }
        }
    }

    List<StoreMember> members() {
        return members;
    }

    Links links() {
        return links;
    }

    void awaitReady() throws InterruptedException {
        for (StoreMember member : members) {
            member.awaitReady();
        }
    }

    /** Waits for a member that leads and that another follows; a member on its own leads itself. */
    StoreMember leader() throws InterruptedException {
        long limit = System.nanoTime() + LEADER_LIMIT.toNanos();
        while (System.nanoTime() < limit) {
            Map<String, Integer> followed = new TreeMap<>();
            for (StoreMember member : members) {
                followed.merge(member.leader(), 1, Integer::sum);
            }
            for (StoreMember member : members) {
                if (followed.getOrDefault(member.id(), 0) > members.size() / 2) {
                    return member;
                }
            }
            Thread.sleep(20);
        }
        throw new AssertionError("no leader");
    }

    /**
     * Changes who takes part, and tries again until that is so.
     *
     * @param already why it is refused when it is so already
     */
    void change(MembershipChange change, Reason already) throws InterruptedException {
        long limit = System.nanoTime() + LEADER_LIMIT.toNanos();
        String refusal = "no member answers";
        while (System.nanoTime() < limit) {
            for (StoreMember member : members) {
                try (StoreConnection connection = new StoreConnection(member.clientPort())) {
                    refusal = connection.change(change);
                    if (refusal.isEmpty() || refusal.equals(already.name())) {
                        return;
                    }
                } catch (IOException e) {
                    // It may have been done.
                }
            }
            Thread.sleep(100);
        }
        throw new AssertionError(change + ": " + refusal);
    }

    /** Returns all writes so far, as one watch tells them that goes on over all restarts. */
    List<Event> events() throws IOException {
        long after = events.isEmpty() ? 0 : events.getLast().revision();
        IOException failure = new IOException("no members");
        for (StoreMember member : members) {
            try {
                events.addAll(member.events(after));
                return List.copyOf(events);
            } catch (IOException e) {
                failure = e;
            }
        }
        throw failure;
    }

    /**
     * Has one of the last revisions that {@link #events} returned forgotten with all before it, if a member answers. Watches that
     * are behind are told.
     */
    void compact(Random random) {
        long newest = events.isEmpty() ? 0 : events.getLast().revision();
        long revision = newest - random.nextInt(COMPACTED_BEFORE_LAST);
        if (revision > newestCompaction) {
            newestCompaction = revision;
            try (StoreConnection connection = new StoreConnection(members.getFirst().clientPort())) {
                connection.compact(revision);
            } catch (IOException e) {
                // It may have been done.
            }
        }
    }

    /** Returns up to which revision history may have been forgotten, 0 if none of it. */
    long newestCompaction() {
        return newestCompaction;
    }

    /** Returns what members said of their end that ended by themselves. */
    List<String> fatalities() throws IOException {
        List<String> fatalities = new ArrayList<>();
        for (StoreMember member : members) {
            fatalities.addAll(member.fatalities());
        }
        return fatalities;
    }

    @Override
    public void close() throws IOException, InterruptedException {
        for (StoreMember member : members) {
            member.close();
        }
        links.close();
    }
}
