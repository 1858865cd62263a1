package dev.roster.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Settings of a {@link RosterProcess}. Used by one thread. */
public final class RosterProcessBuilder {
    private static final List<String> REQUIRED_OPTIONS = List.of(
            "--add-opens=java.base/java.util.concurrent.atomic=ALL-UNNAMED",
            "--add-opens=java.base/java.util=ALL-UNNAMED",
            "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow");

    /** A quick start matters more to tests than speed later on; options that are given come after these. */
    private static final List<String> QUICK_START_OPTIONS = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC",
            "-Xmx512m");

    final Map<String, String> environment = new LinkedHashMap<>();
    private final Map<String, String> properties = new LinkedHashMap<>();
    private final List<String> jvmOptions = new ArrayList<>(QUICK_START_OPTIONS);
    private final List<String> wrapper = new ArrayList<>();
    @Nullable
    Path dataDirectory;
    Duration startTimeout = Duration.ofMinutes(2);

    RosterProcessBuilder() {}

    /** Sets a property of the server, such as {@code roster.security.enabled}. */
    public RosterProcessBuilder property(String name, String value) {
        properties.put(name, value);
        return this;
    }

    /** Sets a variable of the server's environment. */
    public RosterProcessBuilder environment(String name, String value) {
        environment.put(name, value);
        return this;
    }

    /** Adds options of the server's JVM; they win over those for a quick start. */
    public RosterProcessBuilder jvmOptions(String... options) {
        jvmOptions.addAll(List.of(options));
        return this;
    }

    /** Runs the server with the JVM as its users do, not tuned for a quick start: for tests that measure. */
    public RosterProcessBuilder untunedJvm() {
        jvmOptions.removeAll(QUICK_START_OPTIONS);
        return this;
    }

    /** Starts the server by way of another program, such as {@code strace -f -o trace.txt}. */
    public RosterProcessBuilder wrappedBy(String... command) {
        wrapper.addAll(List.of(command));
        return this;
    }

    /** Sets where the server keeps its data; it is not deleted then. Default a temporary directory. */
    public RosterProcessBuilder dataDirectory(Path value) {
        dataDirectory = value;
        return this;
    }

    /** Sets how long a start may take; default 2 min. */
    public RosterProcessBuilder startTimeout(Duration value) {
        startTimeout = value;
        return this;
    }

    /** Makes the process, with ports of its own; it is not started yet. */
    public RosterProcess build() {
        try {
            return new RosterProcess(this);
        } catch (IOException e) {
            throw new UncheckedIOException("no temporary directory can be made", e);
        }
    }

    List<String> command(int port, int clusterPort, Path data, List<String> further) {
        List<String> command = new ArrayList<>(wrapper);
        Path java = JavaFinder.ofThisMachine().find();
        ServerProgram program = ServerProgram.find(java, REQUIRED_OPTIONS, ownLocation());
        command.add(java.toString());
        command.addAll(REQUIRED_OPTIONS);
        command.addAll(program.jvmOptions());
        command.addAll(jvmOptions);
        command.add("-cp");
        command.add(program.jar() + System.getProperty("path.separator") + ownLocation());
        command.add(Supervised.class.getName());
        command.add(program.mainClass());
        command.add("--server.port=" + port);
        command.add("--roster.cluster.port=" + clusterPort);
        command.add("--roster.data-dir=" + data);
        properties.forEach((name, value) -> command.add("--" + name + "=" + value));
        further.forEach(property -> command.add("--" + property));
        return command;
    }

    private static Path ownLocation() {
        try {
            return Path.of(Supervised.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
