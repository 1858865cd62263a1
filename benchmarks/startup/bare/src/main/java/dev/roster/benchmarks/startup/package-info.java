/** The application whose start is measured, the same for each client. */
@NullMarked
package dev.roster.benchmarks.startup;

import org.jspecify.annotations.NullMarked;
