package dev.roster.spring.loadbalancer;

import dev.roster.spring.discovery.InstanceMetadata;
import dev.roster.spring.discovery.RosterServiceInstance;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.springframework.cloud.client.ServiceInstance;

/**
 * The shares of the requests that instances get: the weight that an operator has given them, else that in their metadata, else that
 * of their registration, which is 1 if they say nothing; less while they are new. A new instance begins with a tenth of its share and gains the rest in proportion to its age.
 */
final class InstanceWeights {
    private static final double LEAST_SHARE = 0.1;

    private final Duration slowStart;
    private final InstantSource clock;

    InstanceWeights(Duration slowStart, InstantSource clock) {
        this.slowStart = slowStart;
        this.clock = clock;
    }

    /** Returns the weights of instances, in their order; each at least 0, not necessarily with one above. */
    double[] of(List<ServiceInstance> instances) {
        return instances.stream().mapToDouble(instance -> declared(instance) * maturity(instance)).toArray();
    }

    private static double declared(ServiceInstance instance) {
        RosterServiceInstance ours = instance instanceof RosterServiceInstance one ? one : null;
        Double weight = InstanceMetadata.weight(instance.getMetadata());
        if (ours != null && (weight == null || ours.isWeightOverridden())) {
            return ours.weight();
        }
        return weight == null ? 1 : weight;
    }

    private double maturity(ServiceInstance instance) {
        if (slowStart.isZero() || !(instance instanceof RosterServiceInstance ours)) {
            return 1;
        }
        double age = Duration.between(ours.registeredAt(), clock.instant()).toNanos();
        return Math.min(1, Math.max(LEAST_SHARE, age / slowStart.toNanos()));
    }
}
