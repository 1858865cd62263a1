/** How fast the replicated store is, each figure beside a baseline that was measured in the same run. */
@NullMarked
package dev.roster.benchmarks.store;

import org.jspecify.annotations.NullMarked;
