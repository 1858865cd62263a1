package dev.roster.server.store.raft;

import dev.roster.server.store.StateMachine;
import dev.roster.server.store.codec.BatchMachine;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Members in one process, each with its own directory and port on loopback; they are started and closed one by one. */
final class LocalGroup {

    private final Path directory;
    private final List<MemberAddress> members = new ArrayList<>();
    private final Map<String, SimpleMeterRegistry> meters = new ConcurrentHashMap<>();
    private final Map<String, Long> room = new ConcurrentHashMap<>();
    private long maxStateBytes = AtomixReplicator.DEFAULT_STATE_BYTES;
    private final List<String> fatalities = new ArrayList<>();

    LocalGroup(Path directory, int size) {
        this.directory = directory;
        for (int i = 1; i <= size; i++) {
            members.add(new MemberAddress("m" + i, "127.0.0.1", FreePorts.next()));
        }
    }

    AtomixReplicator start(String member) {
        return start(config(member));
    }

    AtomixReplicator start(RaftConfig config) {
        String member = config.member();
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        meters.put(member, registry);
        DiskWatch disk = new DiskWatch(config.directory(), () -> room.getOrDefault(member, Long.MAX_VALUE),
                System::nanoTime, registry);
        return AtomixReplicator.start(config, new BatchMachine(StateMachine.empty()), maxStateBytes, disk, registry,
                (message, cause) -> {
                    synchronized (fatalities) {
                        fatalities.add(member + ": " + message + " " + cause);
                    }
                });
    }

    /** Leaves a member so many bytes on its disk. */
    void leaveRoom(String member, long bytes) {
        room.put(member, bytes);
    }

    /** Has members that are started from now on refuse new data when their state is as large as this. */
    void limitState(long bytes) {
        maxStateBytes = bytes;
    }

    /** Makes a member known to itself and to those that are started from now on: it has a name and a port. */
    void enlarge(String member) {
        members.add(new MemberAddress(member, "127.0.0.1", FreePorts.next()));
    }

    /** Gives all members other ports. */
    void move() {
        members.replaceAll(member -> new MemberAddress(member.id(), member.host(), FreePorts.next()));
    }

    RaftConfig config(String member) {
        return new RaftConfig(member, members, "127.0.0.1", directory.resolve(member), Duration.ofMillis(500),
                Duration.ofMillis(100), RaftConfig.DEFAULT_COMMAND_TIMEOUT, null);
    }

    /** Returns how often a member synced its log since it was started. */
    long syncs(String member) {
        return meters.get(member).timer("roster.store.log.sync").count();
    }

    /** Returns what a member has measured since it was started. */
    SimpleMeterRegistry meters(String member) {
        return meters.get(member);
    }

    /** Returns why members would have stopped. */
    List<String> fatalities() {
        synchronized (fatalities) {
            return List.copyOf(fatalities);
        }
    }
}
