package dev.roster.server.boot;

import dev.roster.server.cluster.ClusterView;
import dev.roster.server.config.ConfigSecrets;
import dev.roster.server.config.SealedVersions;
import dev.roster.server.config.changeset.SealedDrafts;
import dev.roster.server.config.secret.KeyRotation;
import dev.roster.server.config.secret.KeyWrapping;
import dev.roster.server.config.secret.SecretVault;
import dev.roster.server.store.Store;
import io.micrometer.core.instrument.MeterRegistry;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Secrets of configuration. Whoever embeds the server keeps master keys elsewhere by a bean {@link KeyWrapping}. */
@Configuration(proxyBeanMethods = false)
class SecretsConfiguration {

    /** The wrapping that is used, which is not a bean: a bean of this type is one that somebody has added. */
    record Wrapping(KeyWrapping keys) {}

    @Bean
    Wrapping secretsWrapping(ObjectProvider<KeyWrapping> added, RosterProperties properties, DataDirectory data,
            SecureRandom random) {
        return new Wrapping(added.getIfAvailable(() -> MasterKeys.of(properties, data.path(), random)));
    }

    @Bean
    SecretVault secretVault(Store store, Wrapping wrapping, SecureRandom random, InstantSource clock,
            MeterRegistry meters) {
        return new SecretVault(store, wrapping.keys(), random, clock, meters);
    }

    @Bean
    ConfigSecrets configSecrets(SecretVault vault) {
        return new ConfigSecrets(vault);
    }

    @Bean
    KeyRotation keyRotation(Store store, SecretVault vault, Wrapping wrapping, ClusterView cluster,
            InstantSource clock) {
        return new KeyRotation(store, vault, wrapping.keys(), List.of(new SealedVersions(), new SealedDrafts()),
                () -> cluster.state().isLedByMember(), clock);
    }

    @Bean
    Ticker keyRotationTicker(KeyRotation rotation) {
        return new Ticker("key-rotation", rotation::round, Duration.ofSeconds(1));
    }
}
