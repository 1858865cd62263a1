package dev.roster.spring.registration;

import dev.roster.client.InstanceKeeper;
import org.jspecify.annotations.Nullable;

/**
 * How a registration stood at one moment.
 *
 * @param registration what is registered, or would be
 * @param status {@code UP}, {@code DOWN} or {@code OUT_OF_SERVICE} while it is kept away, {@code UNKNOWN} while Roster has not
 *     confirmed it
 * @param keeper what keeps the instance registered, null while it is kept away
 */
public record RegistrationState(RosterRegistration registration, String status, @Nullable InstanceKeeper keeper) {}
