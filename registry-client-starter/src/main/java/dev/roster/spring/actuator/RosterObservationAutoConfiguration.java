package dev.roster.spring.actuator;

import dev.roster.client.CallObserver;
import dev.roster.client.RosterClient;
import dev.roster.spring.client.RosterClientAutoConfiguration;
import io.micrometer.observation.ObservationRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/**
 * Observations of the client's calls, off with {@code management.observations.enable.roster=false}; or a {@link CallObserver} of the
 * application's own.
 */
@AutoConfiguration(after = RosterClientAutoConfiguration.class, afterName = "org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration")
@ConditionalOnClass(ObservationRegistry.class)
@ConditionalOnBean(RosterClient.class)
public final class RosterObservationAutoConfiguration {

    @Bean
    @ConditionalOnBean(ObservationRegistry.class)
    @ConditionalOnMissingBean(CallObserver.class)
    CallObservations rosterCallObservations(ObservationRegistry observations) {
        return new CallObservations(observations);
    }

    @Bean
    ObservedClient rosterObservedClient(RosterClient client, ObjectProvider<CallObserver> observer) {
        return new ObservedClient(client, observer.getIfUnique(CallObserver::none));
    }
}
