package dev.roster.server.boot;

import dev.roster.server.cluster.ClusterView;
import dev.roster.server.security.audit.AuditPolicy;
import dev.roster.server.security.audit.AuditQueue;
import dev.roster.server.security.audit.AuditSealer;
import dev.roster.server.security.audit.AuditTrail;
import dev.roster.server.security.audit.AuditWriter;
import dev.roster.server.store.Store;
import io.micrometer.core.instrument.MeterRegistry;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The audit log as the cluster keeps it. */
@Configuration(proxyBeanMethods = false)
class AuditConfiguration {

    @Bean
    AuditWriter auditWriter(RosterProperties properties, InstantSource clock, SecureRandom random) {
        return new AuditWriter(properties.cluster().member(), clock, random);
    }

    @Bean
    AuditQueue auditQueue(AuditWriter writer, InstantSource clock, MeterRegistry meters) {
        return new AuditQueue(writer, clock, meters);
    }

    @Bean
    AuditSealer auditSealer(Store store, AuditWriter writer, RosterProperties properties, ClusterView cluster,
            InstantSource clock, MeterRegistry meters) {
        RosterProperties.Audit audit = properties.audit();
        return new AuditSealer(store, writer, new AuditPolicy(audit.maxEntries(), audit.maxAge()),
                () -> cluster.state().isLedByMember(), clock, meters);
    }

    @Bean
    AuditTrail auditTrail(Store store) {
        return new AuditTrail(store);
    }

    /** Stores what waits when the server stops, too. */
    @Bean
    AutoCloseable auditTicker(AuditQueue queue, AuditSealer sealer, Store store) {
        Ticker ticker = new Ticker("audit", () -> {
            queue.flush(store);
            sealer.round();
        }, Duration.ofMillis(500));
        return () -> {
            ticker.close();
            queue.flush(store);
        };
    }
}
