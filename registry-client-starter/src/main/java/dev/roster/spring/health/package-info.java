/**
 * What the application says of itself: {@link dev.roster.spring.health.ApplicationHealth}, answered by Actuator where that is. Its
 * registration follows it, and the reports on its configuration tell it.
 *
 * <p>Must not know either. The health of the connection with Roster is in {@link dev.roster.spring.actuator}.
 */
@NullMarked
package dev.roster.spring.health;

import org.jspecify.annotations.NullMarked;
