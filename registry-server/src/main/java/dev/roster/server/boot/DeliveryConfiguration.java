package dev.roster.server.boot;

import dev.roster.server.cluster.ClusterState;
import dev.roster.server.cluster.ClusterView;
import dev.roster.server.config.ConfigReleases;
import dev.roster.server.config.changeset.ChangeSetPublisher;
import dev.roster.server.config.delivery.DeliveryReports;
import dev.roster.server.config.delivery.SharedReports;
import dev.roster.server.config.gray.GrayDriver;
import dev.roster.server.config.gray.GrayReleases;
import dev.roster.server.security.AuditLog;
import dev.roster.server.store.Store;
import io.micrometer.core.instrument.MeterRegistry;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What becomes of configuration in applications, and gray releases, which go by it. */
@Configuration(proxyBeanMethods = false)
class DeliveryConfiguration {
    private static final Duration ROUND = Duration.ofSeconds(1);

    @Bean
    DeliveryReports deliveryReports(Store store, RosterProperties properties, InstantSource clock,
            MeterRegistry meters) {
        return new DeliveryReports(store, properties.cluster().member(), new RegisteredHealth(store), clock, meters);
    }

    @Bean
    SharedReports sharedReports(Store store, DeliveryReports reports, RosterProperties properties, SecureRandom random,
            ClusterView cluster, MeterRegistry meters) {
        return new SharedReports(store, reports, properties.cluster().member(), random,
                () -> cluster.state().members().size() <= 1, meters);
    }

    @Bean
    Ticker reportTicker(SharedReports reports) {
        return new Ticker("report-ticker", reports::tick, ROUND);
    }

    @Bean
    GrayReleases grayReleases(Store store, ConfigReleases releases, ChangeSetPublisher changeSets,
            DeliveryReports reports, InstantSource clock) {
        return new GrayReleases(store, releases, changeSets, reports, clock);
    }

    @Bean
    GrayDriver grayDriver(GrayReleases releases, DeliveryReports reports, ClusterView cluster, InstantSource clock,
            AuditLog audit, MeterRegistry meters) {
        return new GrayDriver(releases, reports, () -> leads(cluster.state()), clock, audit, meters);
    }

    @Bean
    Ticker grayTicker(GrayDriver driver) {
        return new Ticker("gray-ticker", driver::round, ROUND);
    }

    private static boolean leads(ClusterState state) {
        return state.member().equals(state.leader());
    }
}
