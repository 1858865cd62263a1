/** The store of real processes that are killed, stopped and cut off, and a judge of what its clients were told. */
@NullMarked
package dev.roster.system.fault;

import org.jspecify.annotations.NullMarked;
