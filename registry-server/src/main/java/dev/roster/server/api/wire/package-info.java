/**
 * Turns what features hold into the records of {@code registry-api}, for all subpackages of {@code api}.
 *
 * <p>It is a package of its own because instances and items are shown both by their own endpoints and by the watch stream,
 * whose packages do not know one another. Knows no HTTP and decides nothing.
 */
@NullMarked
package dev.roster.server.api.wire;

import org.jspecify.annotations.NullMarked;
