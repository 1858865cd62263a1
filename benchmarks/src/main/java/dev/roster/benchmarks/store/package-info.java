/** How fast the replicated store and the server around it are, each figure beside a baseline that was measured in the same run. */
@NullMarked
package dev.roster.benchmarks.store;

import org.jspecify.annotations.NullMarked;
