package dev.roster.benchmarks.store;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A member in a process of its own, which says when it serves. Argument: its data directory. */
final class RestartedMember implements AutoCloseable {

    private static final String READY = "ready";

    private final Process process;

    private RestartedMember(Process process) {
        this.process = process;
    }

    /** What the process does: it serves until its input ends. */
    public static void main(String[] args) throws Exception {
        try (RosterMember member = RosterMember.alone(Path.of(args[0]))) {
            System.out.println(READY + member.store().view().revision().value());
            while (System.in.read() >= 0) {
                // Nobody writes.
            }
        }
        System.exit(0);
    }

    /** Starts the process and waits until it serves; the JVM is as cold as that of a server. */
    static RestartedMember start(Path directory) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), RestartedMember.class.getName(),
                directory.toString()));
        Process process = new ProcessBuilder(command).redirectError(Redirect.INHERIT).start();
        BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
        String line = lines.readLine();
        while (line != null && !line.startsWith(READY)) {
            line = lines.readLine();
        }
        if (line == null) {
            throw new IOException("the member does not start: " + command);
        }
        return new RestartedMember(process);
    }

    ProcessHandle process() {
        return process.toHandle();
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
