package dev.roster.server.store.raft;

import dev.roster.server.store.InvalidCommandException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a member takes part in the cluster.
 *
 * @param member id of this member, one of {@code members}
 * @param members the members that the cluster starts with, at least one; alike on all of them
 * @param bindAddress address of the interface on which the others reach this member
 * @param directory where log, snapshots and votes are kept; used by one process at a time
 * @param electionTimeout how long a follower waits for its leader before it stands for election; it waits up to twice
 *     as long, at random
 * @param heartbeatInterval how often a leader speaks when it has nothing to say; well below the election timeout
 * @param commandTimeout how long a command may wait for its outcome before the caller is told that it is unknown
 * @param tls mutual TLS between members; null only on loopback
 */
public record RaftConfig(String member, List<MemberAddress> members, String bindAddress, Path directory,
        Duration electionTimeout, Duration heartbeatInterval, Duration commandTimeout, @Nullable MemberTls tls) {

    /** Fits members in one data center: elections take a second or two and survive a pause of the JVM. */
    public static final Duration DEFAULT_ELECTION_TIMEOUT = Duration.ofSeconds(1);

    /** Four heartbeats may be lost before an election. */
    public static final Duration DEFAULT_HEARTBEAT_INTERVAL = Duration.ofMillis(200);

    /** Longer than two elections in a row. */
    public static final Duration DEFAULT_COMMAND_TIMEOUT = Duration.ofSeconds(8);

    public RaftConfig {
        members = List.copyOf(members);
        if (members.stream().map(MemberAddress::id).distinct().count() != members.size()) {
            throw new InvalidCommandException("members", members, "a different id for each member");
        }
        if (members.stream().noneMatch(m -> m.id().equals(member))) {
            throw new InvalidCommandException("member", member,
                    "one of " + members.stream().map(MemberAddress::id).toList());
        }
    }

    /** Returns the configuration of a member with the default times and no TLS. */
    public static RaftConfig of(String member, List<MemberAddress> members, String bindAddress, Path directory) {
        return new RaftConfig(member, members, bindAddress, directory, DEFAULT_ELECTION_TIMEOUT,
                DEFAULT_HEARTBEAT_INTERVAL, DEFAULT_COMMAND_TIMEOUT, null);
    }

    /** Returns this member's own address. */
    MemberAddress self() {
        return members.stream().filter(m -> m.id().equals(member)).findFirst().orElseThrow();
    }

    /** Tells whether this member is the whole cluster. */
    boolean isStandalone() {
        return members.size() == 1;
    }
}
