/** How fast the configuration center is: releases to many clients, reads and publications, and a large state. */
@NullMarked
package dev.roster.benchmarks.config;

import org.jspecify.annotations.NullMarked;
