package dev.roster.server.boot;

import dev.roster.server.config.ConfigReleases;
import dev.roster.server.config.ConfigSecrets;
import dev.roster.server.config.HistoryPolicies;
import dev.roster.server.config.ItemNotes;
import dev.roster.server.config.NamespaceRules;
import dev.roster.server.config.effective.ConfigSearch;
import dev.roster.server.config.effective.EffectiveConfigs;
import dev.roster.server.config.secret.SecretVault;
import dev.roster.server.store.Store;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Configuration: items, their versions, and what is known of them. */
@Configuration(proxyBeanMethods = false)
class ConfigCenterConfiguration {

    @Bean
    ConfigReleases configReleases(Store store, InstantSource clock, MeterRegistry meters, SecretVault vault) {
        return new ConfigReleases(store, clock, meters, vault);
    }

    @Bean
    NamespaceRules namespaceRules(Store store) {
        return new NamespaceRules(store);
    }

    @Bean
    EffectiveConfigs effectiveConfigs(Store store, ConfigSecrets secrets) {
        return new EffectiveConfigs(store, secrets);
    }

    @Bean
    ConfigSearch configSearch(Store store) {
        return new ConfigSearch(store);
    }

    @Bean
    HistoryPolicies historyPolicies(Store store) {
        return new HistoryPolicies(store);
    }

    @Bean
    ItemNotes itemNotes(Store store) {
        return new ItemNotes(store);
    }
}
