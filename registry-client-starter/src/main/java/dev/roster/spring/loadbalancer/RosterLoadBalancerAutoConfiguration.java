package dev.roster.spring.loadbalancer;

import dev.roster.spring.discovery.RosterDiscoveryAutoConfiguration;
import dev.roster.spring.discovery.RosterDiscoveryProperties;
import dev.roster.spring.discovery.ServiceView;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.cloud.loadbalancer.annotation.LoadBalancerClients;
import org.springframework.cloud.loadbalancer.cache.LoadBalancerCacheManager;
import org.springframework.cloud.loadbalancer.config.LoadBalancerAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Spring Cloud LoadBalancer with Roster: the eviction of its cache, and the choice by zone, tags and weight. */
@AutoConfiguration(after = RosterDiscoveryAutoConfiguration.class, before = LoadBalancerAutoConfiguration.class)
@ConditionalOnClass(LoadBalancerCacheManager.class)
@ConditionalOnBean(ServiceView.class)
@EnableConfigurationProperties({RosterDiscoveryProperties.class, RosterLoadBalancerProperties.class})
public final class RosterLoadBalancerAutoConfiguration {

    @Bean
    LoadBalancerCacheEviction rosterLoadBalancerCacheEviction(BeanFactory beans) {
        return new LoadBalancerCacheEviction(beans);
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnBooleanProperty(name = "roster.load-balancer.enabled", matchIfMissing = true)
    @LoadBalancerClients(defaultConfiguration = RosterLoadBalancerClientConfiguration.class)
    static class Choice {}
}
