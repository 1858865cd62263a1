package dev.roster.server.boot;

import dev.roster.server.cluster.ClusterView;
import java.util.function.BooleanSupplier;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Ready means: this member knows a leader, has caught up with it, and there is somebody who can sign in. */
final class ReadinessIndicator implements HealthIndicator {
    private final ClusterView cluster;
    private final BooleanSupplier hasAdmin;

    ReadinessIndicator(ClusterView cluster, BooleanSupplier hasAdmin) {
        this.cluster = cluster;
        this.hasAdmin = hasAdmin;
    }

    @Override
    public Health health() {
        return cluster.state().isReady() && hasAdmin.getAsBoolean()
                ? Health.up().build()
                : Health.outOfService().build();
    }
}
