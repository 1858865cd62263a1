/** What benchmarks measure with: times, processor time, and where they run. */
@NullMarked
package dev.roster.benchmarks.measure;

import org.jspecify.annotations.NullMarked;
