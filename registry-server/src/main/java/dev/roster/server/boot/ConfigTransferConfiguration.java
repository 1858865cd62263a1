package dev.roster.server.boot;

import dev.roster.server.config.ConfigReleases;
import dev.roster.server.config.secret.SecretVault;
import dev.roster.server.config.transfer.ConfigExports;
import dev.roster.server.config.transfer.ConfigImports;
import dev.roster.server.config.transfer.ImportRuns;
import dev.roster.server.security.AuditStamp;
import dev.roster.server.store.Store;
import io.micrometer.core.instrument.MeterRegistry;
import java.security.SecureRandom;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Bringing configuration in from elsewhere, and taking it out. */
@Configuration(proxyBeanMethods = false)
class ConfigTransferConfiguration {

    @Bean
    ConfigImports configImports(Store store, ConfigReleases releases, SecretVault vault, AuditStamp stamp,
            SecureRandom random, MeterRegistry meters) {
        return new ConfigImports(store, releases, vault, stamp, random::nextLong, meters);
    }

    @Bean
    ConfigExports configExports(Store store) {
        return new ConfigExports(store);
    }

    @Bean
    ImportRuns importRuns(InstantSource clock) {
        return new ImportRuns(clock);
    }
}
