package dev.roster.test;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds a Java that the server runs on, whatever runs the tests. */
final class JavaFinder {
    static final int REQUIRED = 25;

    private static final Pattern VERSION = Pattern.compile("(?m)^JAVA_VERSION=\"(\\d+)");
    private static final List<String> FOLDERS = List.of("/usr/lib/jvm", "/usr/java", "/usr/local", "/opt", "/opt/java",
            "/Library/Java/JavaVirtualMachines", "C:\\Program Files\\Java", "C:\\Program Files\\Eclipse Adoptium");

    private final int runningVersion;
    private final Path runningHome;
    private final Map<String, String> environment;
    private final List<Path> folders;

    JavaFinder(int runningVersion, Path runningHome, Map<String, String> environment, List<Path> folders) {
        this.runningVersion = runningVersion;
        this.runningHome = runningHome;
        this.environment = environment;
        this.folders = folders;
    }

    /** Looks at this JVM, the environment and the usual folders of this machine. */
    static JavaFinder ofThisMachine() {
        List<Path> folders = new ArrayList<>();
        FOLDERS.forEach(folder -> folders.add(Path.of(folder)));
        Path home = Path.of(System.getProperty("user.home"));
        folders.add(home.resolve(".sdkman/candidates/java"));
        folders.add(home.resolve(".jdks"));
        return new JavaFinder(Runtime.version().feature(), Path.of(System.getProperty("java.home")), System.getenv(),
                folders);
    }

    /**
     * Returns the program {@code java} of a JDK that is new enough: of this JVM, else of {@code JAVA_25_HOME} or
     * {@code JAVA_HOME}, else the first one in a usual folder.
     *
     * @throws IllegalStateException if there is none, with what was looked at
     */
    Path find() {
        if (runningVersion >= REQUIRED) {
            return java(runningHome);
        }
        List<Path> homes = new ArrayList<>();
        for (String variable : List.of("JAVA_25_HOME", "JAVA_HOME")) {
            String value = environment.get(variable);
            if (value != null && !value.isBlank()) {
                homes.add(Path.of(value));
            }
        }
        folders.forEach(folder -> homes.addAll(children(folder)));
        return homes.stream().flatMap(home -> List.of(home, home.resolve("Contents/Home")).stream())
                .filter(home -> version(home).orElse(0) >= REQUIRED).map(JavaFinder::java).filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("The Roster server needs Java " + REQUIRED
                        + " or newer. These tests run on Java " + runningVersion
                        + ", and there is no newer one in JAVA_25_HOME, in JAVA_HOME, or below any of " + folders
                        + ". Set the environment variable JAVA_25_HOME to the folder of one."));
    }

    private static Path java(Path home) {
        Path windows = home.resolve("bin").resolve("java.exe");
        return Files.exists(windows) ? windows : home.resolve("bin").resolve("java");
    }

    private static Optional<Integer> version(Path home) {
        try {
            Matcher matcher = VERSION.matcher(Files.readString(home.resolve("release")));
            return matcher.find() ? Optional.of(Integer.valueOf(matcher.group(1))) : Optional.empty();
        } catch (IOException e) {
            // No JDK is there, or none that says what it is.
            return Optional.empty();
        }
    }

    private static List<Path> children(Path folder) {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            entries.forEach(found::add);
        } catch (IOException e) {
            // Not every machine has every folder.
        }
        found.sort(null);
        return found;
    }
}
