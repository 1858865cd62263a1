/** Tests of the whole with real processes; here, what they share. */
@NullMarked
package dev.roster.system;

import org.jspecify.annotations.NullMarked;
