package dev.roster.server.boot;

import dev.roster.server.registry.HostMaintenances;
import dev.roster.server.registry.InstanceHealth;
import dev.roster.server.registry.OperatorActions;
import dev.roster.server.registry.ServiceDefinitions;
import dev.roster.server.registry.check.CheckKeeper;
import dev.roster.server.store.Store;
import io.micrometer.core.instrument.MeterRegistry;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What belongs to the registry beside its catalog. */
@Configuration(proxyBeanMethods = false)
class RegistryConfiguration {

    @Bean
    ServiceDefinitions serviceDefinitions(Store store, InstantSource clock) {
        return new ServiceDefinitions(store, clock);
    }

    @Bean
    InstanceHealth instanceHealth(Store store, InstantSource clock, SecureRandom random) {
        return new InstanceHealth(store, clock, random);
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
                meters);
    }

    @Bean
    CheckTicker checkTicker(CheckKeeper keeper) {
        return new CheckTicker(keeper);
    }
}
