/**
 * Pages for what went wrong.
 *
 * Purpose: every exception that a controller of the console lets through becomes a page in the usual frame that says what
 * happened and what to do, with the right status; paths without a page likewise. Must not know: features.
 */
@NullMarked
package dev.roster.console.problems;

import org.jspecify.annotations.NullMarked;
