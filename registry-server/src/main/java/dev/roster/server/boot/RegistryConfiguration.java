package dev.roster.server.boot;

import dev.roster.server.cluster.ExpiryNotice;
import dev.roster.server.cluster.LeaseExpiry;
import dev.roster.server.cluster.Peers;
import dev.roster.server.cluster.RestoreSeed;
import dev.roster.server.registry.Discovery;
import dev.roster.server.registry.EmptyServices;
import dev.roster.server.registry.HostMaintenances;
import dev.roster.server.registry.InstanceHealth;
import dev.roster.server.registry.InstanceStates;
import dev.roster.server.registry.LoadBalancing;
import dev.roster.server.registry.OperatorActions;
import dev.roster.server.registry.RegistryCensus;
import dev.roster.server.registry.ServiceCatalog;
import dev.roster.server.registry.ServiceDefinitions;
import dev.roster.server.registry.check.CheckKeeper;
import dev.roster.server.store.Store;
import dev.roster.server.subscriber.Audience;
import dev.roster.server.subscriber.Subscribers;
import io.micrometer.core.instrument.MeterRegistry;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The registry: services, instances, their health, and who follows them. */
@Configuration(proxyBeanMethods = false)
class RegistryConfiguration {

    @Bean
    ServiceCatalog serviceCatalog(Store store, InstantSource clock, SecureRandom random,
            RosterProperties properties) {
        return new ServiceCatalog(store, clock, random, properties.registry().rules(properties.check()));
    }

    @Bean
    ServiceDefinitions serviceDefinitions(Store store, InstantSource clock) {
        return new ServiceDefinitions(store, clock);
    }

    @Bean
    InstanceHealth instanceHealth(Store store, InstantSource clock, SecureRandom random) {
        return new InstanceHealth(store, clock, random);
    }

    @Bean
    InstanceStates instanceStates(Store store, InstantSource clock) {
        return new InstanceStates(store, clock);
    }

    @Bean
    Subscribers subscribers(RosterProperties properties, InstantSource clock, SecureRandom random,
            MeterRegistry meters) {
        return new Subscribers(properties.cluster().member(), clock, random, meters);
    }

    @Bean
    Audience audience(Subscribers subscribers, Peers peers, Store store) {
        return new Audience(subscribers, peers, store, System::nanoTime, Thread::sleep);
    }

    @Bean
    OperatorActions operatorActions(Store store, InstantSource clock) {
        return new OperatorActions(store, clock);
    }

    @Bean
    HostMaintenances hostMaintenances(Store store, InstantSource clock) {
        return new HostMaintenances(store, clock);
    }

    @Bean
    CheckKeeper checkKeeper(Store store, InstanceHealth health, RosterProperties properties, InstantSource clock,
            SecureRandom random, @Qualifier("watchExecutor") Executor executor, MeterRegistry meters) {
        return new CheckKeeper(store, health, properties.cluster().member(), clock, System::nanoTime, random, executor,
                meters, properties.check().policy());
    }

    @Bean
    Ticker checkTicker(CheckKeeper keeper, RestoreSeed seed) {
        return new Ticker("check-ticker", () -> {
            // A backup goes into an empty store, and to judge checks is to write.
            if (seed.isSettled()) {
                keeper.tick();
            }
        }, Duration.ofSeconds(1));
    }

    @Bean
    Discovery discovery(Store store) {
        return new Discovery(store);
    }

    @Bean
    LoadBalancing loadBalancing(Store store, InstantSource clock) {
        return new LoadBalancing(store, clock);
    }

    @Bean
    ExpiryNotice expiryNotice(LeaseExpiry expiry) {
        return new ExpiryNotice(expiry);
    }

    @Bean
    Ticker expiryTicker(ExpiryNotice notice) {
        return new Ticker("expiry-ticker", notice::refresh, Duration.ofSeconds(2));
    }

    @Bean
    EmptyServices emptyServices(Store store, RosterProperties properties, MeterRegistry meters) {
        return new EmptyServices(store, properties.registry().keepEmptyServices(), System::nanoTime, meters);
    }

    @Bean
    Ticker emptyServiceTicker(EmptyServices services) {
        return new Ticker("empty-service-ticker", services::sweep, Duration.ofSeconds(10));
    }

    @Bean
    RegistryCensus registryCensus(Store store, MeterRegistry meters) {
        return new RegistryCensus(store, meters);
    }

    /** Counts as often as metrics are usually asked for. */
    @Bean
    Ticker censusTicker(RegistryCensus census) {
        return new Ticker("census-ticker", census::count, Duration.ofSeconds(15));
    }
}
