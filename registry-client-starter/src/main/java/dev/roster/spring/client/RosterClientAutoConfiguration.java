package dev.roster.spring.client;

import dev.roster.client.RosterClient;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/**
 * The client. An application that imports configuration from Roster has one already, made before there were beans; an
 * application may also define its own.
 */
@AutoConfiguration(after = SslAutoConfiguration.class)
@ConditionalOnBooleanProperty(name = "roster.client.enabled", matchIfMissing = true)
@EnableConfigurationProperties(RosterClientProperties.class)
public final class RosterClientAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean(RosterConnectionDetails.class)
    PropertiesRosterConnectionDetails rosterConnectionDetails(RosterClientProperties properties) {
        return new PropertiesRosterConnectionDetails(properties);
    }

    @Bean
    @ConditionalOnMissingBean
    RosterClient rosterClient(RosterClientProperties properties, RosterConnectionDetails details,
            Environment environment,
            ObjectProvider<SslBundles> bundles, ObjectProvider<RosterClientCustomizer> customizers) {
        return RosterClientFactory.create(properties, details, ApplicationName.of(environment), null,
                bundle -> ClientTls.of(bundle, bundles.getObject()),
                customizers.orderedStream().toList());
    }
}
