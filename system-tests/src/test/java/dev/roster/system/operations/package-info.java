/** What operators do, with the real server: backups, and what brings them back. */
@NullMarked
package dev.roster.system.operations;

import org.jspecify.annotations.NullMarked;
