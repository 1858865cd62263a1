package dev.roster.server.boot;

import dev.roster.server.store.raft.MemberAddress;
import dev.roster.server.store.raft.MemberTls;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** By what this member and the others know each other: certificates of the user's own, or a join token. */
final class MemberTrust {
    private static final Logger log = LoggerFactory.getLogger(MemberTrust.class);

    private final InstantSource clock;
    private final SecureRandom random;

    MemberTrust(InstantSource clock, SecureRandom random) {
        this.clock = clock;
        this.random = random;
    }

    /**
     * Returns what this member shows the others and whom it believes, or null when there are no others or nothing is
     * configured; {@link ProtectedMode} has decided that it may listen nevertheless.
     *
     * @param self this member
     * @throws StartRefusedException if a file or the token can't be used
     */
    @Nullable
    MemberTls establish(RosterProperties.Cluster cluster, MemberAddress self) {
        if (cluster.isStandalone()) {
            return null;
        }
        JoinToken token = token(cluster);
        if (token == null) {
            return MemberCertificates.read(cluster.tls());
        }
        ClusterAuthority authority = ClusterAuthority.of(token);
        Instant now = clock.instant();
        MemberTls tls = authority.issue(self.id(), self.host(), now, random);
        log.info(
                "Believes members of the authority '{}', which follows from the join token. This member's certificate is"
                        + " valid until {}; every start makes a new one",
                authority,
                now.plus(ClusterAuthority.VALIDITY).truncatedTo(ChronoUnit.SECONDS));
        return tls;
    }

    /** Returns the join token that is configured, null if none is. */
    static @Nullable JoinToken token(RosterProperties.Cluster cluster) {
        Path file = cluster.joinTokenFile();
        if (file != null) {
            return JoinTokenFile.read(file);
        }
        Secret given = cluster.joinToken();
        if (given == null) {
            return null;
        }
        try {
            return JoinToken.valueOf(given.value().strip());
        } catch (IllegalArgumentException e) {
            throw new StartRefusedException("The join token in roster.cluster.join-token " + e.getMessage() + ".",
                    "Give it as 'bin/roster join-token' wrote it, or name its file: roster.cluster.join-token-file.");
        }
    }
}
