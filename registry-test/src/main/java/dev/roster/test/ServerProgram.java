package dev.roster.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32;
import java.util.zip.ZipFile;

/**
 * What a process of the server runs: its executable jar as it is or, where the system property {@value #DIRECTORY} names a
 * directory, that jar unpacked below it with a cache of the classes that one start has loaded and linked (JEP 514). The first
 * process after a build makes it, which takes as long as two starts; every later one starts in less than half the time.
 *
 * @param jar the jar that goes first on the class path
 * @param mainClass the class to run
 * @param jvmOptions options of the JVM that go with it
 */
record ServerProgram(Path jar, String mainClass, List<String> jvmOptions) {
    static final String DIRECTORY = "roster.server.unpack-to";

    private static final String MAIN_CLASS = "dev.roster.server.boot.RosterServer";
    private static final String CACHE = "start-up.aot";
    private static final long LIMIT_SECONDS = 120;

    /**
     * Returns what there is to run.
     *
     * @param java the program {@code java} of the JDK that will run it
     * @param requiredOptions options without which it doesn't run
     * @param helper what else is on its class path, after the jar
     */
    static ServerProgram find(Path java, List<String> requiredOptions, Path helper) {
        Path packed = ServerJar.find();
        String directory = System.getProperty(DIRECTORY);
        if (directory == null || directory.isBlank()) {
            return new ServerProgram(packed, "org.springframework.boot.loader.launch.JarLauncher", List.of());
        }
        try {
            // Another build of the jar is another program, and so is another JDK.
            Path home = Path.of(directory, "%08x-%08x".formatted(checksum(packed), java.hashCode()));
            if (!Files.exists(home)) {
                Files.createDirectories(home.getParent());
                new Unpacking(java, requiredOptions, packed, helper).into(home);
            }
            Path cache = home.resolve(CACHE);
            return new ServerProgram(home.resolve(packed.getFileName()), MAIN_CLASS,
                    Files.exists(cache) ? List.of("-XX:AOTCache=" + cache) : List.of());
        } catch (IOException e) {
            throw new UncheckedIOException("the server can't be unpacked to " + directory, e);
        }
    }

    /** A build that can be repeated gives all files one time, so that this takes what is in them. */
    private static long checksum(Path jar) throws IOException {
        CRC32 checksum = new CRC32();
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            zip.stream().forEach(
                    entry -> checksum.update((entry.getName() + entry.getCrc()).getBytes(StandardCharsets.UTF_8)));
        }
        return checksum.getValue();
    }

    private record Unpacking(Path java, List<String> requiredOptions, Path packed, Path helper) {

        /** Several processes may do so at the same time: the first one that is done wins. */
        void into(Path home) throws IOException {
            Path draft = Files.createTempDirectory(home.getParent(), "draft-");
            try {
                into(home, draft);
            } finally {
                FileTree.delete(draft);
            }
        }

        private void into(Path home, Path draft) throws IOException {
            Path program = draft.resolve("program");
            run(draft, List.of(java.toString(), "-Djarmode=tools", "-jar", packed.toString(), "extract",
                    "--destination", program.toString()));
            // A JVM checks that a cache is of the very class path that it is given, names and times included.
            try {
                Files.move(program, home);
            } catch (FileAlreadyExistsException | DirectoryNotEmptyException e) {
                return;
            }
            List<String> training = new ArrayList<>(List.of(java.toString()));
            training.addAll(requiredOptions);
            Path cache = draft.resolve(CACHE);
            training.addAll(List.of("-XX:AOTCacheOutput=" + cache, "-Dspring.context.exit=onRefresh", "-cp",
                    home.resolve(packed.getFileName()) + System.getProperty("path.separator") + helper,
                    Supervised.class.getName(), MAIN_CLASS, "--server.port=0",
                    "--roster.cluster.port=" + FreePorts.next(), "--roster.data-dir=" + draft.resolve("data")));
            run(draft, training);
            Files.move(cache, home.resolve(CACHE));
        }

        private static void run(Path directory, List<String> command) throws IOException {
            Path output = directory.resolve("output");
            Process process = new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true)
                    .redirectOutput(output.toFile()).start();
            try {
                if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                    process.destroyForcibly();
                    throw new IOException(command + " has failed: " + Files.readString(output));
                }
            } catch (InterruptedException e) {
                process.destroyForcibly();
                Thread.currentThread().interrupt();
                throw new IOException(command + " was interrupted", e);
            }
        }
    }
}
