/** What the registry costs at its full size, as users run it, beside Eureka and etcd in the same run. */
@NullMarked
package dev.roster.benchmarks.registry;

import org.jspecify.annotations.NullMarked;
