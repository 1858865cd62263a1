package dev.roster.system.launcher;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A folder that looks to the launcher like a clone. {@code mvnw} in it adds a line to the file {@code builds} and makes an empty
 * jar, or fails if there is a file {@code broken}. Its JDK's {@code java} runs until it is stopped, or ends at once with the
 * exit code that a file {@code exit-code} holds.
 */
final class LauncherProject implements AutoCloseable {

    private static final Path REAL = Path.of("..").toAbsolutePath().normalize();
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final Path folder;
    private final List<Process> started = new ArrayList<>();

    LauncherProject(Path folder) {
        this.folder = folder;
        copy("bin/roster");
        copy("pom.xml");
        copy("registry-server/jvm.options");
        for (var part : List.of("common", "processes", "jdk", "build", "server", "cluster", "samples")) {
            copy("bin/lib/" + part + ".sh");
        }
        for (var module : List.of("registry-api", "registry-client", "admin-ui", "registry-server")) {
            write(module + "/src/main/java/Some.java", "class Some {}");
        }
        script("mvnw", """
                echo build >>builds
                if [ -f broken ]; then
                  echo '[ERROR] broken on purpose'
                  exit 1
                fi
                mkdir -p registry-server/target
                : >registry-server/target/registry-server-%s-exec.jar
                """.formatted(System.getProperty("roster.version")));
        write("jdk/release", "JAVA_VERSION=\"25.0.1\"\n");
        script("jdk/bin/javac", "");
        script("jdk/bin/java", """
                case " $* " in
                  *' extract '*)
                    mkdir -p "$6"
                    cp "$3" "$6"
                    exit
                    ;;
                  *AOTCacheOutput*) exit ;;
                  *' join-token '*)
                    for file in "$@"; do :; done
                    mkdir -p "$(dirname "$file")"
                    echo "made $file" | tee -a tokens >"$file"
                    exit
                    ;;
                esac
                [ ! -f exit-code ] || exit "$(cat exit-code)"
                trap 'exit 143' TERM
                echo "started with $*"
                while :; do sleep 0.1; done
                """);
    }

    private void copy(String file) {
        try {
            var target = folder.resolve(file);
            Files.createDirectories(target.getParent());
            Files.copy(REAL.resolve(file), target);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void write(String file, String content) {
        try {
            var target = folder.resolve(file);
            Files.createDirectories(target.getParent());
            Files.writeString(target, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void script(String file, String commands) {
        write(file, "#!/bin/sh\n" + commands);
        if (!folder.resolve(file).toFile().setExecutable(true)) {
            throw new IllegalStateException(file + " cannot be made executable");
        }
    }

    void delete(String file) {
        try {
            Files.delete(folder.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String read(String file) {
        try {
            return Files.exists(folder.resolve(file)) ? Files.readString(folder.resolve(file)) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int builds() {
        return (int) read("builds").lines().count();
    }

    /** Starts {@code bin/roster} with its output in a file of its own. */
    Running start(String... arguments) {
        var command = new ArrayList<>(List.of("bin/roster"));
        command.addAll(List.of(arguments));
        var output = "output-" + started.size();
        var builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true)
                .redirectOutput(folder.resolve(output).toFile());
        builder.environment().put("JAVA_HOME", folder.resolve("jdk").toString());
        builder.environment().remove("ROSTER_DATA");
        try {
            var process = builder.start();
            started.add(process);
            return new Running(process, output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs {@code bin/roster} to its end. */
    Running run(String... arguments) {
        var running = start(arguments);
        running.exitCode();
        return running;
    }

    @Override
    public void close() {
        run("stop");
        started.forEach(Process::destroyForcibly);
    }

    /** A call of the launcher. */
    final class Running {

        private final Process process;
        private final String file;

        private Running(Process process, String file) {
            this.process = process;
            this.file = file;
        }

        String output() {
            return read(file);
        }

        void awaitOutput(String text) {
            await(text).atMost(LIMIT).until(() -> output().contains(text));
        }

        /** Waits for the end. */
        int exitCode() {
            try {
                if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                    throw new AssertionError("still runs after " + LIMIT + ": " + output());
                }
                return process.exitValue();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }

        /** Sends a signal, by its name without SIG. */
        void signal(String name) {
            try {
                new ProcessBuilder("/bin/sh", "-c", "kill -" + name + " " + process.pid()).inheritIO().start()
                        .waitFor();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        /** The processes below this one that still run. */
        List<ProcessHandle> below() {
            return process.descendants().filter(ProcessHandle::isAlive).toList();
        }
    }
}
