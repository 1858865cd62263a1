/** A rival of ours as its manual sets it up, and nothing of ours. */
@NullMarked
package dev.roster.benchmarks.rival;

import org.jspecify.annotations.NullMarked;
