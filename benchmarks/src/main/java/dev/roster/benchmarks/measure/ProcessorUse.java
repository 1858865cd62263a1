package dev.roster.benchmarks.measure;

import java.time.Duration;
import java.util.List;

/** How much processor time processes have used since this was made, all their threads together. */
public final class ProcessorUse {

    private static final double NANOS_PER_MICRO = 1000;

    private final List<ProcessHandle> processes;
    private final Duration before;
    private final long began = System.nanoTime();

    private ProcessorUse(List<ProcessHandle> processes) {
        this.processes = processes;
        this.before = total(processes);
    }

    /** Begins to count for one process. */
    public static ProcessorUse of(ProcessHandle process) {
        return of(List.of(process));
    }

    /** Begins to count for several processes together. */
    public static ProcessorUse of(List<ProcessHandle> processes) {
        return new ProcessorUse(processes);
    }

    private static Duration total(List<ProcessHandle> processes) {
        return processes.stream().map(process -> process.info().totalCpuDuration().orElseThrow())
                .reduce(Duration.ZERO, Duration::plus);
    }

    /** Returns processor seconds for each second, divided by the number of processors: 1 is the whole machine. */
    public double share() {
        return (double) used().toNanos() / (System.nanoTime() - began) / Runtime.getRuntime().availableProcessors();
    }

    /** Returns the processor time of each of so many operations that were made meanwhile, in microseconds. */
    public double micros(long operations) {
        return used().toNanos() / NANOS_PER_MICRO / operations;
    }

    /** Returns the processor time, in seconds. */
    public double seconds() {
        return used().toNanos() / 1e9;
    }

    private Duration used() {
        return total(processes).minus(before);
    }
}
