package dev.roster.spring.loadbalancer;

import dev.roster.spring.discovery.RosterDiscoveryProperties;
import java.time.InstantSource;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.discovery.ReactiveDiscoveryClient;
import org.springframework.cloud.loadbalancer.core.ReactorLoadBalancer;
import org.springframework.cloud.loadbalancer.core.ServiceInstanceListSupplier;
import org.springframework.cloud.loadbalancer.core.ServiceInstanceListSupplierBuilder;
import org.springframework.cloud.loadbalancer.support.LoadBalancerClientFactory;
import org.springframework.cloud.loadbalancer.support.LoadBalancerEnvironmentPropertyUtils;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * How LoadBalancer chooses instances of one service. Made for each service in a context of its own, before LoadBalancer's own
 * defaults, which back off. Public only because code generated ahead of time, in LoadBalancer's package, names it.
 */
@Configuration(proxyBeanMethods = false)
@Conditional(RosterLoadBalancerClientConfiguration.NothingElseAskedFor.class)
public class RosterLoadBalancerClientConfiguration {
    private static final String SHARED_ZONE = "spring.cloud.loadbalancer.zone";

    @Bean
    @ConditionalOnMissingBean
    ServiceInstanceListSupplier rosterServiceInstanceListSupplier(ConfigurableApplicationContext context,
            RosterLoadBalancerProperties properties, RosterDiscoveryProperties discovery) {
        Environment environment = context.getEnvironment();
        String zone = properties.preferZone() ? environment.getProperty(SHARED_ZONE, orEmpty(discovery.zone())) : "";
        ServiceInstanceListSupplierBuilder builder = ServiceInstanceListSupplier.builder();
        boolean reactive = BeanFactoryUtils.beanNamesForTypeIncludingAncestors(context,
                ReactiveDiscoveryClient.class).length > 0;
        return (reactive ? builder.withDiscoveryClient() : builder.withBlockingDiscoveryClient()).withCaching()
                .with((parent, all) -> new PreferredInstances(all, properties.tagsOf(all.getServiceId()),
                        zone.isBlank() ? null : zone))
                .build(context);
    }

    @Bean
    @ConditionalOnMissingBean
    ReactorLoadBalancer<ServiceInstance> rosterLoadBalancer(Environment environment, LoadBalancerClientFactory factory,
            RosterLoadBalancerProperties properties) {
        String service = environment.getRequiredProperty(LoadBalancerClientFactory.PROPERTY_NAME);
        return new WeightedLoadBalancer(factory.getLazyProvider(service, ServiceInstanceListSupplier.class), service,
                new InstanceWeights(properties.slowStart(), InstantSource.system()),
                () -> ThreadLocalRandom.current().nextDouble());
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    /** Whether the application leaves the choice to the default, for this service or for all. */
    static final class NothingElseAskedFor implements Condition {

        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            return LoadBalancerEnvironmentPropertyUtils.equalToOrMissingForClientOrDefault(context.getEnvironment(),
                    "configurations", "default");
        }
    }
}
