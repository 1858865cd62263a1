package dev.roster.server.boot;

import dev.roster.server.config.ConfigChecks;
import dev.roster.server.config.check.ApplicationMetadatas;
import dev.roster.server.config.check.ItemSchemas;
import dev.roster.server.store.Store;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What configuration is checked by before it is published. */
@Configuration(proxyBeanMethods = false)
class ConfigCheckConfiguration {

    @Bean
    ConfigChecks configChecks(Store store) {
        return new ConfigChecks(store);
    }

    @Bean
    ApplicationMetadatas applicationMetadatas(Store store) {
        return new ApplicationMetadatas(store);
    }

    @Bean
    ItemSchemas itemSchemas(Store store) {
        return new ItemSchemas(store);
    }
}
