package dev.roster.server.store.raft;

import io.atomix.cluster.AtomixCluster;
import io.atomix.cluster.ClusterConfig;
import io.atomix.cluster.MemberConfig;
import io.atomix.cluster.NodeConfig;
import io.atomix.cluster.discovery.BootstrapDiscoveryConfig;
import io.atomix.cluster.messaging.ManagedMessagingService;
import io.atomix.cluster.messaging.MessagingConfig;
import io.atomix.cluster.protocol.HeartbeatMembershipProtocolConfig;
import io.atomix.utils.Version;
import io.atomix.utils.net.Address;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Messages between members: one TCP port on one interface, mutually authenticated when TLS is given, no datagrams and no
 * multicast; no port at all for a member on its own. Atomix 3.1.12 would bind all interfaces by default and use UDP beside TLS.
 */
final class MemberTransport extends AtomixCluster {

    /** Name in the handshake of a connection. */
    static final String CLUSTER = "roster";

    /** How long a connection may take: a member that is away must not hold up the others. */
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);

    /** How often members ask each other for a sign of life, for the list of members only: Raft has its own. */
    private static final Duration MEMBERSHIP_INTERVAL = Duration.ofSeconds(1);

    private static final Duration MEMBERSHIP_TIMEOUT = Duration.ofSeconds(10);

    private final MessagingConfig messaging;
    private final @Nullable MemberTls tls;
    private final Path directory;

    private MemberTransport(ClusterConfig config, ManagedMessagingService service, @Nullable MemberTls tls,
            Path directory) {
        super(config, Version.from("3.1.12"), service, new NoUnicast(), null);
        this.messaging = config.getMessagingConfig();
        this.tls = tls;
        this.directory = directory;
    }

    /** Returns a transport that is not started. Certificates stand in the directory while it starts. */
    static MemberTransport create(RaftConfig config, Path directory, MemberNetwork network) {
        MemberAddress self = config.self();
        ClusterConfig cluster = new ClusterConfig();
        cluster.setClusterId(CLUSTER);
        MemberConfig node = new MemberConfig();
        node.setId(self.id());
        node.setAddress(Address.from(self.host(), self.port()));
        cluster.setNodeConfig(node);
        cluster.setDiscoveryConfig(new BootstrapDiscoveryConfig()
                .setNodes(config.members().stream().map(MemberTransport::nodeOf).toList()));
        cluster.setProtocolConfig(new HeartbeatMembershipProtocolConfig()
                .setHeartbeatInterval(MEMBERSHIP_INTERVAL).setFailureTimeout(MEMBERSHIP_TIMEOUT));
        MessagingConfig messaging = new MessagingConfig()
                .setInterfaces(List.of(config.bindAddress()))
                .setPort(self.port())
                .setConnectTimeout(CONNECT_TIMEOUT);
        cluster.setMessagingConfig(messaging);
        cluster.getMulticastConfig().setEnabled(false);

        Address address = Address.from(self.host(), self.port());
        ManagedMessagingService service = network.connect(config, address, messaging);
        return new MemberTransport(cluster, service, config.isStandalone() ? null : config.tls(), directory);
    }

    @Override
    public synchronized CompletableFuture<Void> start() {
        if (tls == null) {
            return super.start();
        }
        // Atomix reads the files while it starts; afterwards nobody needs them.
        try (KeyStoreFiles files = KeyStoreFiles.write(tls, directory)) {
            messaging.setTlsConfig(files.tlsConfig());
            return super.start();
        } catch (IOException | GeneralSecurityException e) {
            throw new MemberStartException("The certificates for the member port can't be used: " + e.getMessage(),
                    "Check roster.cluster.tls.", e);
        }
    }

    private static NodeConfig nodeOf(MemberAddress member) {
        return new NodeConfig().setId(member.id()).setHost(member.host()).setPort(member.port());
    }
}
