/**
 * Locks of a cluster whose leader dies: nobody holds what another one holds.
 */
@NullMarked
package dev.roster.system.coordination;

import org.jspecify.annotations.NullMarked;
