/** Nothing acknowledged is lost: kills, restarts and lost leaders, with real processes and real disks. */
@NullMarked
package dev.roster.system.durability;

import org.jspecify.annotations.NullMarked;
