package dev.roster.spring.client;

import dev.roster.client.RosterClientBuilder;

/**
 * Changes the client before it is made. Beans of this type apply to the client of an application that imports no
 * configuration from Roster. One that does needs its client before there are beans: register the customizer with
 * {@code SpringApplication.addBootstrapRegistryInitializer}.
 */
@FunctionalInterface
public interface RosterClientCustomizer {

    /** Changes settings. */
    void customize(RosterClientBuilder builder);
}
