package dev.roster.server.boot;

import dev.roster.server.cluster.ClusterMember;
import dev.roster.server.cluster.ClusterState;
import dev.roster.server.cluster.ClusterView;
import dev.roster.server.cluster.LeaseExpiry;
import dev.roster.server.cluster.Members;
import dev.roster.server.cluster.Peers;
import dev.roster.server.security.audit.AuditWriter;
import dev.roster.server.security.audit.AuditedStore;
import dev.roster.server.store.ReplicatedStore;
import dev.roster.server.store.Replicator;
import dev.roster.server.store.StateMachine;
import dev.roster.server.store.Store;
import dev.roster.server.store.codec.BatchMachine;
import dev.roster.server.store.raft.AtomixReplicator;
import dev.roster.server.store.raft.HoldBackRules;
import dev.roster.server.store.raft.MemberStartException;
import dev.roster.server.store.raft.RaftConfig;
import io.micrometer.core.instrument.MeterRegistry;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The store and the engine that replicates it. */
@Configuration(proxyBeanMethods = false)
class StoreConfiguration {

    @Bean
    DataDirectory dataDirectory(RosterProperties properties) {
        return DataDirectory.open(properties.dataDir());
    }

    /** Calls listeners of watches, each of which may take its time. */
    @Bean(destroyMethod = "shutdown")
    ExecutorService watchExecutor() {
        return Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("watch-", 0).factory());
    }

    @Bean
    AtomixReplicator replicator(RosterProperties properties, DataDirectory data, MeterRegistry meters,
            InstantSource clock, SecureRandom random) {
        RosterProperties.Cluster cluster = properties.cluster();
        ClusterMembers members = ClusterMembers.of(cluster, data.path());
        RaftConfig config = new RaftConfig(cluster.member(), members.all(), cluster.bindAddress().getHostAddress(),
                data.path(), cluster.electionTimeout(), cluster.heartbeatInterval(), cluster.commandTimeout(),
                new MemberTrust(clock, random).establish(cluster, members.self()));
        try {
            return AtomixReplicator.start(config, new BatchMachine(StateMachine.empty()),
                    rules(properties.lease().holdBack()), properties.store().maxSize().toBytes(), meters,
                    new HaltOnFatal());
        } catch (MemberStartException e) {
            throw new StartRefusedException(e.reason(), e.action());
        }
    }

    private static HoldBackRules rules(RosterProperties.HoldBack holdBack) {
        return new HoldBackRules(holdBack.enabled(), holdBack.threshold(), holdBack.minimum(), holdBack.window(),
                holdBack.maxHold());
    }

    @Bean
    LeaseExpiry leaseExpiry(AtomixReplicator replicator) {
        return new EngineLeaseExpiry(replicator);
    }

    @Bean
    Members members(AtomixReplicator replicator) {
        return new EngineMembers(replicator);
    }

    @Bean
    Peers peers(AtomixReplicator replicator, @Qualifier("watchExecutor") Executor executor) {
        return new EnginePeers(replicator, executor);
    }

    @Bean
    Store store(Replicator replicator, @Qualifier("watchExecutor") Executor watchExecutor, AuditWriter audit) {
        return new AuditedStore(new ReplicatedStore(replicator, watchExecutor), audit);
    }

    @Bean
    ClusterView clusterView(AtomixReplicator replicator, Store store) {
        return () -> new ClusterState(replicator.cluster().map(UUID::toString).orElse(null), replicator.member(),
                replicator.leader().orElse(null), replicator.term(),
                store.view().revision().value(),
                replicator.members().stream()
                        .map(member -> new ClusterMember(member.id(), member.address(), member.voter(),
                                member.reachable()))
                        .toList(),
                replicator.hasCaughtUp());
    }
}
