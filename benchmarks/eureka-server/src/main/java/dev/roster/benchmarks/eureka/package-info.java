/** The rival of the registry's benchmark. Nothing of the product knows it. */
@NullMarked
package dev.roster.benchmarks.eureka;

import org.jspecify.annotations.NullMarked;
