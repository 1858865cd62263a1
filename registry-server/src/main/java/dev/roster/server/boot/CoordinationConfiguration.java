package dev.roster.server.boot;

import dev.roster.server.coordination.Barriers;
import dev.roster.server.coordination.ClaimDirectory;
import dev.roster.server.coordination.Claims;
import dev.roster.server.coordination.CoordinationCensus;
import dev.roster.server.coordination.Counters;
import dev.roster.server.coordination.Queues;
import dev.roster.server.coordination.Semaphores;
import dev.roster.server.coordination.Sessions;
import dev.roster.server.coordination.WaitingRoom;
import dev.roster.server.store.Store;
import io.micrometer.core.instrument.MeterRegistry;
import java.security.SecureRandom;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Locks and their like. */
@Configuration(proxyBeanMethods = false)
class CoordinationConfiguration {

    @Bean
    Sessions coordinationSessions(Store store, InstantSource clock, SecureRandom random) {
        return new Sessions(store, clock, random);
    }

    @Bean
    WaitingRoom waitingRoom(Store store, MeterRegistry meters) {
        return new WaitingRoom(store, System::nanoTime, meters);
    }

    @Bean
    Claims claims(Store store, Sessions sessions, WaitingRoom room, InstantSource clock, MeterRegistry meters) {
        return new Claims(store, sessions, room, clock, meters);
    }

    @Bean
    ClaimDirectory claimDirectory(Store store) {
        return new ClaimDirectory(store);
    }

    @Bean
    Semaphores semaphores(Store store) {
        return new Semaphores(store);
    }

    @Bean
    Counters counters(Store store) {
        return new Counters(store);
    }

    @Bean
    Queues queues(Store store, Sessions sessions, WaitingRoom room, InstantSource clock) {
        return new Queues(store, sessions, room, clock);
    }

    @Bean
    Barriers barriers(Store store, Sessions sessions, WaitingRoom room, InstantSource clock, MeterRegistry meters) {
        return new Barriers(store, sessions, room, clock, meters);
    }

    @Bean
    CoordinationCensus coordinationCensus(Store store, MeterRegistry meters) {
        return new CoordinationCensus(store, meters);
    }
}
