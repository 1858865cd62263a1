/** etcd as Debian has it ({@code etcd-server}), the rival of benchmarks: its processes, and the few calls that are asked of it. */
@NullMarked
package dev.roster.benchmarks.etcd;

import org.jspecify.annotations.NullMarked;
