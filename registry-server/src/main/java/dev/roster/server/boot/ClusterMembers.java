package dev.roster.server.boot;

import dev.roster.server.cluster.BackupFile;
import dev.roster.server.store.raft.MemberAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The members with which this one starts: those that the properties list, or those that are found in DNS. The latter are
 * noted in the data directory, and are the same ever after: a record that is missing because its member is down must keep
 * nobody from starting, and must never make a smaller cluster of the rest.
 *
 * @param self this member
 * @param all all of them, this one included
 */
record ClusterMembers(MemberAddress self, List<MemberAddress> all) {
    private static final Logger log = LoggerFactory.getLogger(ClusterMembers.class);

    /** Where they were looked up, and then each in a line of its own. */
    static final String FILE = "members-found";

    /** Returns them, if need be after they have been found. */
    static ClusterMembers of(RosterProperties.Cluster cluster, Path data) {
        return of(cluster, data,
                new MemberDiscovery(new DnsSrvLookup(null), System::nanoTime, Thread::sleep));
    }

    static ClusterMembers of(RosterProperties.Cluster cluster, Path data, MemberDiscovery discovery) {
        MemberSource source = cluster.membersFrom();
        List<MemberAddress> all = source == null
                ? cluster.namedMembers()
                : found(source, cluster, data.resolve(FILE), discovery);
        MemberAddress self = all.stream().filter(member -> member.id().equals(cluster.member())).findFirst()
                .orElseThrow();
        return new ClusterMembers(self, all);
    }

    private static List<MemberAddress> found(MemberSource source, RosterProperties.Cluster cluster, Path file,
            MemberDiscovery discovery) {
        try {
            List<MemberAddress> noted = read(file, source, cluster.member());
            if (noted != null) {
                log.info("The members are {}, as they were found in {} before (noted in {})", noted, source, file);
                return noted;
            }
            List<MemberAddress> found = discovery.await(source, cluster.member(), cluster.expectedMembers());
            write(file, source, found);
            log.info("The members are {}, found in {}", found, source);
            return found;
        } catch (IOException e) {
            throw new StartRefusedException("The file " + file + " can't be used: " + e.getClass().getSimpleName()
                    + ": " + e.getMessage() + ".", "Let the user of this process read and write it.");
        }
    }

    private static @Nullable List<MemberAddress> read(Path file, MemberSource source, String self)
            throws IOException {
        if (!Files.exists(file)) {
            return null;
        }
        List<String> lines = Files.readAllLines(file);
        if (lines.isEmpty() || !lines.getFirst().equals(source.toString())) {
            return null;
        }
        try {
            List<MemberAddress> noted = lines.stream().skip(1).map(MemberAddress::valueOf).toList();
            return noted.stream().anyMatch(member -> member.id().equals(self)) ? noted : null;
        } catch (IllegalArgumentException e) {
            throw new StartRefusedException("The file " + file + " is damaged: " + e.getMessage() + ".",
                    "Remove it while all members run or can be found in " + source + "; it will be made anew.");
        }
    }

    private static void write(Path file, MemberSource source, List<MemberAddress> found) throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add(source.toString());
        found.forEach(member -> lines.add(member.toString()));
        Path written = file.resolveSibling(FILE + ".tmp");
        Files.write(written, lines);
        BackupFile.moveDurably(written, file);
    }
}
