/** The registry while instances and members die by the dozen, with real processes: who is protected, who checks, what streams tell. */
@NullMarked
package dev.roster.system.registry;

import org.jspecify.annotations.NullMarked;
