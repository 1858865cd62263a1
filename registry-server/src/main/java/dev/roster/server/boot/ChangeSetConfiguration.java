package dev.roster.server.boot;

import dev.roster.server.config.ConfigReleases;
import dev.roster.server.config.changeset.ChangeSetPublisher;
import dev.roster.server.config.changeset.ChangeSetReviews;
import dev.roster.server.config.changeset.ChangeSets;
import dev.roster.server.config.changeset.ScheduledPublications;
import dev.roster.server.config.secret.SecretVault;
import dev.roster.server.security.AuditLog;
import dev.roster.server.store.Store;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Change sets: drafts of several items that are reviewed and published together, at once or at a time. */
@Configuration(proxyBeanMethods = false)
class ChangeSetConfiguration {

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
}
