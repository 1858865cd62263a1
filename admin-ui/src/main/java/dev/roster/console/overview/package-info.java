/**
 * The first page after signing in.
 *
 * Purpose: how much there is in a namespace, what changed last, how the cluster is. Must not know: other features.
 */
@NullMarked
package dev.roster.console.overview;

import org.jspecify.annotations.NullMarked;
