package dev.roster.server.boot;

import dev.roster.server.api.watch.WatchLimits;
import dev.roster.server.config.ConfigChecks;
import dev.roster.server.config.ConfigReleases;
import dev.roster.server.config.ConfigSecrets;
import dev.roster.server.config.HistoryPolicies;
import dev.roster.server.config.ItemNotes;
import dev.roster.server.config.NamespaceRules;
import dev.roster.server.config.changeset.ChangeSetPublisher;
import dev.roster.server.config.changeset.ChangeSetReviews;
import dev.roster.server.config.changeset.ChangeSets;
import dev.roster.server.config.changeset.ScheduledPublications;
import dev.roster.server.config.check.ApplicationMetadatas;
import dev.roster.server.config.check.ItemSchemas;
import dev.roster.server.config.effective.ConfigSearch;
import dev.roster.server.config.effective.EffectiveConfigs;
import dev.roster.server.config.secret.SecretVault;
import dev.roster.server.config.transfer.ConfigExports;
import dev.roster.server.config.transfer.ConfigImports;
import dev.roster.server.config.transfer.ImportRuns;
import dev.roster.server.feed.ChangeFeed;
import dev.roster.server.feed.Namespaces;
import dev.roster.server.feed.ReadFence;
import dev.roster.server.registry.ServiceCatalog;
import dev.roster.server.security.AuditLog;
import dev.roster.server.security.AuditStamp;
import dev.roster.server.store.Store;
import io.micrometer.core.instrument.MeterRegistry;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The features, each over the store, and what their edges are bounded by. */
@Configuration(proxyBeanMethods = false)
class FeatureConfiguration {

    @Bean
    ServiceCatalog serviceCatalog(Store store, InstantSource clock, SecureRandom random,
            RosterProperties properties) {
        return new ServiceCatalog(store, clock, random, properties.registry().rules(properties.check()));
    }

    @Bean
    ConfigReleases configReleases(Store store, InstantSource clock, MeterRegistry meters, SecretVault vault) {
        return new ConfigReleases(store, clock, meters, vault);
    }

    @Bean
    NamespaceRules namespaceRules(Store store) {
        return new NamespaceRules(store);
    }

    @Bean
    ChangeSets changeSets(Store store, InstantSource clock, SecretVault vault) {
        return new ChangeSets(store, clock, vault);
    }

    @Bean
    ChangeSetReviews changeSetReviews(Store store, InstantSource clock) {
        return new ChangeSetReviews(store, clock);
    }

    @Bean
    ChangeSetPublisher changeSetPublisher(Store store, ConfigReleases releases, InstantSource clock) {
        return new ChangeSetPublisher(store, releases, clock);
    }

    @Bean
    Ticker publicationTicker(ChangeSetPublisher publisher, AuditLog audit, MeterRegistry meters) {
        ScheduledPublications publications = new ScheduledPublications(publisher, audit, meters);
        return new Ticker("scheduled-publications", publications::round, Duration.ofSeconds(1));
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
