/**
 * Roster in a Spring Boot application: the starter. Each feature has a package of its own; a package offers others as little as it
 * can, and none depends on one that stands below it here:
 *
 * <ul>
 * <li>{@link dev.roster.spring.client}: the connection
 * <li>{@link dev.roster.spring.discovery}: finding services
 * <li>{@link dev.roster.spring.loadbalancer}: choosing among the instances of a service
 * <li>{@link dev.roster.spring.health}: what the application says of itself
 * <li>{@link dev.roster.spring.registration}: being found
 * <li>{@link dev.roster.spring.config}: being configured
 * <li>{@link dev.roster.spring.actuator}: what an operator sees
 * <li>{@link dev.roster.spring.container}: Roster in a container of a test or of a developer
 * </ul>
 *
 * <p>It never keeps an application from starting because Roster is away, unless configuration is required of which there is
 * no last good copy. Must not know HTTP nor JSON: that is the client's.
 */
@NullMarked
package dev.roster.spring;

import org.jspecify.annotations.NullMarked;
