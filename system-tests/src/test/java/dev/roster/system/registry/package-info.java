/** The registry while instances and members die, with real processes: who is protected, who checks, what streams tell. */
@NullMarked
package dev.roster.system.registry;

import org.jspecify.annotations.NullMarked;
