package dev.roster.spring.loadbalancer;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.ConstructorBinding;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Choice among the instances of a service.
 *
 * @param enabled Whether Spring Cloud LoadBalancer chooses by zone, tags and weight. Without effect on services for which
 *     "spring.cloud.loadbalancer.configurations" asks for something else.
 * @param preferZone Whether to choose instances of the own zone as long as there are any. The own zone is
 *     "roster.discovery.zone", or "spring.cloud.loadbalancer.zone" if that is set.
 * @param slowStart Time within which a new instance comes to its whole share of the requests; zero gives it at once.
 * @param tags Tags that an instance must have to be chosen, by service; all of them are required.
 */
@ConfigurationProperties("roster.load-balancer")
public record RosterLoadBalancerProperties(@DefaultValue("true") boolean enabled,
        @DefaultValue("true") boolean preferZone, @DefaultValue("0s") Duration slowStart,
        @DefaultValue Map<String, List<String>> tags) {

    /** Binds the properties. */
    @ConstructorBinding
    public RosterLoadBalancerProperties {
        if (slowStart.isNegative()) {
            throw new IllegalArgumentException(
                    "roster.load-balancer.slow-start: expected zero or more, got " + slowStart);
        }
        Map<String, List<String>> copy = new TreeMap<>();
        tags.forEach((service, required) -> copy.put(service, List.copyOf(required)));
        tags = Map.copyOf(copy);
    }

    /** Returns the defaults. Spring Cloud makes such an instance whenever it binds properties anew. */
    public RosterLoadBalancerProperties() {
        this(true, true, Duration.ZERO, Map.of());
    }

    /** Returns the tags that instances of a service must have. */
    Set<String> tagsOf(String service) {
        return Set.copyOf(tags.getOrDefault(service, List.of()));
    }
}
