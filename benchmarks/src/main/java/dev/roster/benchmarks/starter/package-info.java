/** What the starter costs an application, beside the clients of others. */
@NullMarked
package dev.roster.benchmarks.starter;

import org.jspecify.annotations.NullMarked;
