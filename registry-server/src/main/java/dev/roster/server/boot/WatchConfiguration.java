package dev.roster.server.boot;

import dev.roster.server.api.watch.WatchLimits;
import dev.roster.server.feed.ChangeFeed;
import dev.roster.server.feed.Namespaces;
import dev.roster.server.feed.ReadFence;
import dev.roster.server.store.Store;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The stream of changes, and what it is bounded by. */
@Configuration(proxyBeanMethods = false)
class WatchConfiguration {

    @Bean
    ReadFence readFence(Store store) {
        return new ReadFence(store);
    }

    @Bean
    Namespaces namespaces(Store store) {
        return new Namespaces(store);
    }

    @Bean
    ChangeFeed changeFeed(Store store) {
        return new ChangeFeed(store);
    }

    @Bean
    WatchLimits watchLimits(RosterProperties properties) {
        RosterProperties.Watch watch = properties.watch();
        return new WatchLimits(watch.maxStreams(), properties.caller().maxStreams(), watch.maxPendingEvents(),
                watch.maxPendingSize().toBytes(),
                watch.maxSnapshotSize().toBytes(), watch.progressInterval(), watch.maxSpread(), watch.maxLifetime());
    }

    /** Reminds all watches of their progress, and lets out what they hold; neither waits, so one thread is enough. */
    @Bean(destroyMethod = "shutdownNow")
    ScheduledExecutorService watchTicker() {
        return Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("watch-ticker").factory());
    }
}
