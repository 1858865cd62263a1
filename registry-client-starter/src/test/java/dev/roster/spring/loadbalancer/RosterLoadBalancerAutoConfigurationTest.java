package dev.roster.spring.loadbalancer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.spring.discovery.RosterDiscoveryClient;
import dev.roster.spring.testing.Contexts;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.cloud.client.DefaultServiceInstance;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.loadbalancer.reactive.ReactiveLoadBalancer;
import org.springframework.cloud.loadbalancer.cache.LoadBalancerCacheManager;
import org.springframework.cloud.loadbalancer.config.LoadBalancerAutoConfiguration;
import org.springframework.cloud.loadbalancer.core.ReactorLoadBalancer;
import org.springframework.cloud.loadbalancer.core.RoundRobinLoadBalancer;
import org.springframework.cloud.loadbalancer.core.ServiceInstanceListSupplier;
import org.springframework.cloud.loadbalancer.support.LoadBalancerClientFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The choice among instances: present, absent, overridden, disabled. Nothing is connected. */
class RosterLoadBalancerAutoConfigurationTest {

    @TempDir
    Path lastGood;

    private ApplicationContextRunner application() {
        return Contexts.of(lastGood).withConfiguration(AutoConfigurations.of(LoadBalancerAutoConfiguration.class))
                .withPropertyValues("roster.discovery.lookup-timeout=0s");
    }

    private static ReactiveLoadBalancer<ServiceInstance> balancer(LoadBalancerClientFactory factory) {
        return factory.getInstance("stock");
    }

    @Test
    void evictsAndChooses() {
        application().run(context -> {
            assertThat(context).hasSingleBean(LoadBalancerCacheEviction.class)
                    .hasSingleBean(RosterLoadBalancerAutoConfiguration.Choice.class);
            assertThat(balancer(context.getBean(LoadBalancerClientFactory.class)))
                    .isInstanceOf(WeightedLoadBalancer.class);
        });
    }

    @Test
    void doesNothingWithoutLoadBalancer() {
        application().withClassLoader(new FilteredClassLoader(LoadBalancerCacheManager.class))
                .run(context -> assertThat(context).hasNotFailed().hasSingleBean(RosterDiscoveryClient.class)
                        .doesNotHaveBean(LoadBalancerCacheEviction.class));
    }

    @Test
    void doesNothingWithoutDiscovery() {
        application().withPropertyValues("roster.discovery.enabled=false").run(
                context -> assertThat(context).hasNotFailed().doesNotHaveBean(LoadBalancerCacheEviction.class));
    }

    @Test
    void leavesTheChoiceWhenSwitchedOff() {
        application().withPropertyValues("roster.load-balancer.enabled=false").run(context -> {
            assertThat(context).hasSingleBean(LoadBalancerCacheEviction.class)
                    .doesNotHaveBean(RosterLoadBalancerAutoConfiguration.Choice.class);
            assertThat(balancer(context.getBean(LoadBalancerClientFactory.class)))
                    .isInstanceOf(RoundRobinLoadBalancer.class);
        });
    }

    @Test
    void leavesTheChoiceToAnotherConfigurationOfLoadBalancer() {
        application().withPropertyValues("spring.cloud.loadbalancer.configurations=weighted")
                .run(context -> assertThat(balancer(context.getBean(LoadBalancerClientFactory.class)))
                        .isInstanceOf(RoundRobinLoadBalancer.class));
    }

    @Test
    void makesWayForTheApplicationsOwn() {
        application().withUserConfiguration(Own.class).run(context -> {
            LoadBalancerClientFactory factory = context.getBean(LoadBalancerClientFactory.class);
            ServiceInstance chosen = Mono.from(balancer(factory).choose()).block().getServer();

            assertThat(chosen.getInstanceId()).isEqualTo("own");
            assertThat(factory.getInstances("stock", ReactorLoadBalancer.class)).hasSize(1);
        });
    }

    @Configuration(proxyBeanMethods = false)
    static class Own {

        @Bean
        ServiceInstanceListSupplier own() {
            return new ServiceInstanceListSupplier() {
                @Override
                public String getServiceId() {
                    return "stock";
                }

                @Override
                public Flux<List<ServiceInstance>> get() {
                    return Flux.just(List.of(new DefaultServiceInstance("own", "stock", "h", 1, false)));
                }
            };
        }
    }
}
