/**
 * The sample application orders: finds inventory through Roster by its name, and greets as Roster's configuration says.
 */
@NullMarked
package dev.roster.samples.orders;

import org.jspecify.annotations.NullMarked;
