/**
 * Being found: Spring Cloud's {@code ServiceRegistry} and {@code Registration}, and the registration of the application from when
 * it is ready until it stops, as its health says.
 *
 * <p>Offers users {@link dev.roster.spring.registration.RosterRegistrationCustomizer}, and
 * {@link dev.roster.spring.registration.RegistrationState} to whoever shows how it stands.
 */
@NullMarked
package dev.roster.spring.registration;

import org.jspecify.annotations.NullMarked;
