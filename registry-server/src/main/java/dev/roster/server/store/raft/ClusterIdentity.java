package dev.roster.server.store.raft;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Which cluster a member's data is of. Members of two clusters never talk to each other, whatever their addresses and names:
 * what the one acknowledged would be lost to the other. Durable; may be used by any thread.
 *
 * <p>Each member of a new cluster proposes a random id, for good; the proposal of the one whose name comes first is the
 * cluster's. So all find the same, however often they are restarted meanwhile.
 */
final class ClusterIdentity {

    private static final String PROPOSAL = "proposal=";
    private static final String CLUSTER = "cluster=";

    private final Path file;
    private final UUID proposal;
    private volatile @Nullable UUID cluster;

    private ClusterIdentity(Path file, UUID proposal, @Nullable UUID cluster) {
        this.file = file;
        this.proposal = proposal;
        this.cluster = cluster;
    }

    /**
     * Opens the file, making it when this member has no data yet.
     *
     * @throws MemberStartException if it can't be read, or is missing though there is data
     */
    static ClusterIdentity open(Path file, boolean hasData, Supplier<UUID> random) {
        if (!Files.exists(file)) {
            if (hasData) {
                throw new MemberStartException(
                        "The file " + file + ", which says of which cluster this data is, is gone.",
                        MemberStartException.TAKE_STATE_ANEW);
            }
            ClusterIdentity made = new ClusterIdentity(file, random.get(), null);
            made.write();
            return made;
        }
        try {
            List<String> lines = Files.readAllLines(file);
            UUID proposal = value(lines, PROPOSAL);
            UUID cluster = value(lines, CLUSTER);
            if (proposal != null && (cluster != null || !hasData)) {
                return new ClusterIdentity(file, proposal, cluster);
            }
        } catch (IOException | IllegalArgumentException e) {
            throw damaged(file, e);
        }
        throw damaged(file, null);
    }

    private static @Nullable UUID value(List<String> lines, String name) {
        return lines.stream().filter(line -> line.startsWith(name)).map(line -> line.substring(name.length()))
                .map(UUID::fromString).findFirst().orElse(null);
    }

    private static MemberStartException damaged(Path file, @Nullable Throwable cause) {
        return new MemberStartException("The file " + file + ", which says of which cluster this data is, is damaged.",
                MemberStartException.TAKE_STATE_ANEW, cause);
    }

    /** Returns the id that this member would give to a new cluster. */
    UUID proposal() {
        return proposal;
    }

    /** Returns the cluster that this member is of, null while it has not joined one. */
    @Nullable
    UUID cluster() {
        return cluster;
    }

    /** Returns the cluster that this member is of; it must have joined one. */
    UUID id() {
        UUID joined = cluster;
        if (joined == null) {
            throw new IllegalStateException("this member has not joined a cluster yet");
        }
        return joined;
    }

    /** Makes this member one of a cluster, for good. Durable when it returns. */
    synchronized UUID adopt(UUID joined) {
        UUID present = cluster;
        if (present == null) {
            cluster = joined;
            write();
            return joined;
        }
        return present;
    }

    private void write() {
        UUID joined = cluster;
        MemberDirectory.writeSynced(file, (PROPOSAL + proposal + "\n" + (joined == null ? "" : CLUSTER + joined + "\n"))
                .getBytes(StandardCharsets.UTF_8));
    }
}
