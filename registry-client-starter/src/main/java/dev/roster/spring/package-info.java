/**
 * Roster in a Spring Boot application: the starter.
 *
 * <p>Offers auto-configuration of a {@link dev.roster.client.RosterClient}; registration of the application while it runs;
 * Spring Cloud's {@code DiscoveryClient} and {@code ReactiveDiscoveryClient} answered from memory, kept up to date by push,
 * including the cache of Spring Cloud LoadBalancer; {@code spring.config.import=roster:} with live refresh; health. Settings
 * are {@code roster.client.*}, {@code roster.discovery.*} and {@code roster.config.*}.
 *
 * <p>It never keeps an application from starting because Roster is away, unless configuration is required of which there is
 * no last good copy. Must not know HTTP nor JSON: that is the client's.
 */
@NullMarked
package dev.roster.spring;

import org.jspecify.annotations.NullMarked;
