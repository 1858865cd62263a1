package dev.roster.server.boot;

import dev.roster.server.cluster.Backups;
import dev.roster.server.cluster.ClusterView;
import dev.roster.server.cluster.Restoration;
import dev.roster.server.cluster.RestoreSeed;
import dev.roster.server.store.Store;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Backups and what brings them back. */
@Configuration(proxyBeanMethods = false)
class BackupConfiguration {

    @Bean
    Backups backups(Store store, ClusterView cluster, InstantSource clock) {
        return new Backups(store, cluster, clock);
    }

    @Bean
    Restoration restoration(Store store, DataDirectory data) {
        return new Restoration(store, data.path());
    }

    @Bean
    RestoreSeed restoreSeed(DataDirectory data, Restoration restoration, ClusterView cluster) {
        return new RestoreSeed(data.path(), restoration, cluster);
    }

    @Bean
    RestoreSeedTask restoreSeedTask(RestoreSeed seed) {
        return new RestoreSeedTask(seed);
    }
}
