package dev.roster.server.boot;

import dev.roster.server.store.raft.MemberAddress;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HashSet;
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
        if (!cluster.bindAddress().isLoopbackAddress() && cluster.tls() == null) {
            throw new StartRefusedException(
                    "This member would listen for the others on " + cluster.bindAddress().getHostAddress() + ", port "
                            + cluster.port()
                            + ", without TLS: everybody who reaches it could join the cluster, and read"
                            + " and change everything.",
                    "Set roster.cluster.tls.certificate, roster.cluster.tls.private-key and roster.cluster.tls.ca"
                            + " (docs/operating/security.md). Or run all members on this machine: set"
                            + " roster.cluster.bind-address=127.0.0.1.");
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
