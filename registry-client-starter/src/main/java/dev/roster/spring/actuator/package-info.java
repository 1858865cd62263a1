/**
 * What an operator sees: health of the connection with Roster, the endpoint {@code roster}, meters, and observations of the
 * client's calls. Each tells what is known and asks nobody.
 *
 * <p>Offers nothing to other packages, and is the only one that knows them all.
 */
@NullMarked
package dev.roster.spring.actuator;

import org.jspecify.annotations.NullMarked;
