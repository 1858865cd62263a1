package dev.roster.benchmarks.store;

import dev.roster.benchmarks.measure.WorkDirectory;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

/**
 * What a state of many keys of 200 bytes costs in memory, in snapshots, in backups, and when a member starts again; beside
 * etcd on the same machine, as far as it has the same. Ours is one member in this process, except when it starts again, which
 * it does in a process of its own.
 *
 * <p>Memory of a key is live heap, found by collecting all of it, with key, value and its place in the history, and for etcd
 * the growth of the resident memory of its process, in which its database file is mapped. Heap at most is found by collecting again and again, in a
 * second run of the same thing, because collections hold writes up. Writes come from four clients that wait for their answers.
 *
 * <p>Arguments: numbers of keys, with commas between them (default 10000,100000,1000000), seconds of writes without anything
 * else (5), directory (a temporary one).
 */
public final class Recovery {

    static final String FILL = "filled, keys/s";
    static final String MEMORY_OF_A_KEY = "memory of a key, bytes";
    static final String LONGEST_QUIET = "longest write without anything else, ms";
    static final String ON_DISK = "data directory, MB";
    static final String BACKUP = "backup under load, s";
    static final String BACKUP_SIZE = "backup, MB";
    static final String LONGEST_IN_BACKUP = "longest write during the backup, ms";
    static final String START = "started again, s";
    static final String RESIDENT = "resident memory after that, MB";
    static final double MEGA = 1e6;

    private Recovery() {}

    /** Runs the benchmark and prints a table for each number of keys. */
    public static void main(String[] args) throws Exception {
        int[] sizes = Stream.of((args.length > 0 ? args[0] : "10000,100000,1000000").split(","))
                .mapToInt(Integer::parseInt).toArray();
        Duration quiet = Duration.ofSeconds(args.length > 1 ? Long.parseLong(args[1]) : 5);
        try (WorkDirectory work = WorkDirectory.of(args, 2, "recovery")) {
            for (int keys : sizes) {
                compare(System.out, work.path().resolve(Integer.toString(keys)), keys, quiet);
            }
        }
        System.exit(0);
    }

    private static void compare(PrintStream out, Path directory, int keys, Duration quiet) throws Exception {
        Figures their = new EtcdRecovery(directory.resolve("etcd"), keys, quiet).measure();
        Figures our = new RosterRecovery(directory.resolve("roster"), keys, quiet).measure();
        out.printf(Locale.ROOT, "%,d keys of 200 bytes, one member%n%n", keys);
        Figures.print(out, their, our);
        out.println();
    }

    /** Returns how long something takes. */
    static double seconds(Callable<?> work) throws Exception {
        long began = System.nanoTime();
        work.call();
        return (System.nanoTime() - began) / 1e9;
    }
}
