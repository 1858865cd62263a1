package dev.roster.server.boot;

import dev.roster.server.cluster.ClusterMember;
import dev.roster.server.cluster.ClusterState;
import dev.roster.server.cluster.ClusterView;
import dev.roster.server.store.LocalReplicator;
import dev.roster.server.store.ReplicatedStore;
import dev.roster.server.store.Replicator;
import dev.roster.server.store.Store;
import java.time.InstantSource;
import java.util.List;
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

    /** Applies commands, in order. */
    @Bean(destroyMethod = "shutdown")
    ExecutorService applyExecutor() {
        return Executors.newSingleThreadExecutor(Thread.ofPlatform().name("apply").factory());
    }

    /** Calls listeners of watches, each of which may take its time. */
    @Bean(destroyMethod = "shutdown")
    ExecutorService watchExecutor() {
        return Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("watch-", 0).factory());
    }

    @Bean
    Replicator replicator(DataDirectory data, @Qualifier("applyExecutor") Executor applyExecutor, InstantSource clock) {
        return new LocalReplicator(applyExecutor, clock);
    }

    @Bean
    Store store(Replicator replicator, @Qualifier("watchExecutor") Executor watchExecutor) {
        return new ReplicatedStore(replicator, watchExecutor);
    }

    @Bean
    ClusterView clusterView(RosterProperties properties, Store store) {
        RosterProperties.Cluster cluster = properties.cluster();
        String address = cluster.bindAddress().getHostAddress() + ":" + cluster.port();
        List<ClusterMember> members = List.of(new ClusterMember(cluster.member(), address, true));
        return () -> new ClusterState(cluster.member(), cluster.member(), 0, store.view().revision().value(), members,
                true);
    }
}
