package dev.roster.benchmarks.store;

import java.time.Duration;

/** How much processor time a process has used since this was made, all its threads together. */
public final class ProcessorUse {

    private final ProcessHandle process;
    private final Duration before;
    private final long began = System.nanoTime();

    private ProcessorUse(ProcessHandle process) {
        this.process = process;
        this.before = total(process);
    }

    /** Begins to look at a process. */
    public static ProcessorUse of(ProcessHandle process) {
        return new ProcessorUse(process);
    }

    private static Duration total(ProcessHandle process) {
        return process.info().totalCpuDuration().orElseThrow();
    }

    /** Returns the processor time, in seconds. */
    public double seconds() {
        return total(process).minus(before).toNanos() / 1e9;
    }

    /** Returns processor seconds for each second, divided by the number of processors: 1 is the whole machine. */
    public double share() {
        double used = total(process).minus(before).toNanos();
        return used / (System.nanoTime() - began) / Runtime.getRuntime().availableProcessors();
    }
}
