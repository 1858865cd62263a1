package dev.roster.server.boot;

import dev.roster.server.store.raft.MemberAddress;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/**
 * Checks, before anything listens, that whoever can reach this server has to show who they are: without credentials it
 * listens on loopback only, and for other members beyond loopback only with TLS. There is no property to switch this off.
 */
final class ProtectedMode {
    private static final Logger log = LoggerFactory.getLogger(ProtectedMode.class);

    private ProtectedMode() {}

    /** Refuses settings that leave something open, and a cluster that cannot work. */
    static void check(Environment environment) {
        RosterProperties properties = Binder.get(environment).bindOrCreate("roster", RosterProperties.class);
        checkListener(environment, properties.security().enabled());
        checkCluster(properties.cluster());
    }

    /** Tells whether clients reach this server by TLS. */
    static boolean hasTls(Environment environment) {
        return environment.getProperty("server.ssl.enabled", Boolean.class, true)
                && Stream.of("server.ssl.bundle", "server.ssl.certificate", "server.ssl.key-store")
                        .anyMatch(environment::containsProperty);
    }

    private static void checkListener(Environment environment, boolean secured) {
        checkAddress(environment, secured, "server.address", environment.getProperty("server.address"));
        String managementPort = environment.getProperty("management.server.port");
        if (managementPort != null && !managementPort.equals(environment.getProperty("server.port"))
                && !managementPort.startsWith("-")) {
            checkAddress(environment, secured, "management.server.address",
                    environment.getProperty("management.server.address"));
        }
    }

    private static void checkAddress(Environment environment, boolean secured, String property,
            @Nullable String address) {
        if (isLoopback(address)) {
            return;
        }
        String shown = address == null || address.isBlank() ? "all addresses of this machine" : address;
        if (!secured) {
            throw new StartRefusedException(
                    "Security is switched off (roster.security.enabled=false) and the server would listen on " + shown
                            + " (" + property + "): everybody who reaches it could read and change everything.",
                    "Either leave security on: remove roster.security.enabled=false. Or let only this machine in: set "
                            + property + "=127.0.0.1.");
        }
        if (!hasTls(environment)) {
            log.warn("Listening on {} without TLS: passwords and tokens travel in clear text, unless a proxy in front "
                    + "adds TLS (docs/operating/security.md)", shown);
        }
    }

    private static void checkCluster(RosterProperties.Cluster cluster) {
        if (cluster.isStandalone()) {
            return;
        }
        checkMembers(cluster);
        checkTrust(cluster);
    }

    private static void checkMembers(RosterProperties.Cluster cluster) {
        if (cluster.members().isEmpty()) {
            return;
        }
        if (cluster.membersFrom() != null) {
            throw new StartRefusedException(
                    "Both roster.cluster.members and roster.cluster.members-from say who the members are.",
                    "Keep one of them, the same on all members.");
        }
        Set<String> ids = new HashSet<>();
        for (MemberAddress member : cluster.members()) {
            if (!ids.add(member.id())) {
                throw new StartRefusedException("roster.cluster.members names " + member.id() + " twice.",
                        "Give every member a name of its own.");
            }
        }
        if (!ids.contains(cluster.member())) {
            throw new StartRefusedException(
                    "This member is called " + cluster.member() + ", which is not among roster.cluster.members: "
                            + cluster.members() + ".",
                    "Set roster.cluster.member to the name of this member, or add it to roster.cluster.members, in the"
                            + " same way on all members.");
        }
    }

    private static void checkTrust(RosterProperties.Cluster cluster) {
        List<String> given = new ArrayList<>();
        if (cluster.joinTokenFile() != null) {
            given.add("roster.cluster.join-token-file");
        }
        if (cluster.joinToken() != null) {
            given.add("roster.cluster.join-token");
        }
        if (cluster.tls() != null) {
            given.add("roster.cluster.tls");
        }
        if (given.size() > 1) {
            throw new StartRefusedException(
                    "Members can know each other in one way only, and there are " + given.size() + ": "
                            + String.join(", ", given) + ".",
                    "Keep one of them, the same on all members.");
        }
        if (given.isEmpty() && !cluster.bindAddress().isLoopbackAddress()) {
            throw new StartRefusedException(
                    "This member would listen for the others on " + cluster.bindAddress().getHostAddress()
                            + " without TLS: everybody who reaches it could join the cluster, and read and change"
                            + " everything.",
                    "Make a join token with 'bin/roster join-token', copy it to all members and name it in"
                            + " roster.cluster.join-token-file; or give certificates of your own in"
                            + " roster.cluster.tls.certificate, private-key and ca (docs/operating/cluster.md). Or run"
                            + " all members on this machine: set roster.cluster.bind-address=127.0.0.1.");
        }
    }

    private static boolean isLoopback(@Nullable String address) {
        try {
            return address != null && !address.isBlank() && InetAddress.getByName(address).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
