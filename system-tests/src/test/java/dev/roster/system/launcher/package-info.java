/**
 * The launcher {@code bin/roster}: when it builds, how it finds a JDK, and that processes end as they should. Its scripts are
 * the real ones; Maven and Java are replaced by scripts that only note what they are asked, so that nothing is built here.
 */
@NullMarked
package dev.roster.system.launcher;

import org.jspecify.annotations.NullMarked;
