package dev.roster.spring.coordination;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.integration.support.locks.LockRegistry;

/** The lock registry for applications with Spring Integration. */
@AutoConfiguration(after = RosterCoordinationAutoConfiguration.class)
@ConditionalOnClass(LockRegistry.class)
@ConditionalOnBean(Coordination.class)
@ConditionalOnBooleanProperty(name = "roster.coordination.lock-registry.enabled", matchIfMissing = true)
public final class RosterLockRegistryAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean(LockRegistry.class)
    RosterLockRegistry rosterLockRegistry(Coordination coordination, RosterCoordinationProperties properties) {
        String prefix = properties.lockRegistry().prefix();
        return new RosterLockRegistry(coordination, prefix == null ? "" : prefix);
    }
}
