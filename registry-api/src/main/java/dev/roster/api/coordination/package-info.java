/**
 * Sessions, and what programs hold by them, on the wire.
 */
@NullMarked
package dev.roster.api.coordination;

import org.jspecify.annotations.NullMarked;
