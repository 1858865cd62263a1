package dev.roster.system;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/** Programs of this machine that some tests need; docs/operating/tools.md lists them. */
public final class Tools {

    private Tools() {}

    /**
     * Goes on only where a program is. On a developer's machine the test is skipped and says so; in CI it fails, because there
     * nobody would notice.
     *
     * @return where it is
     */
    public static Path require(String program) {
        Optional<Path> found = Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .map(directory -> Path.of(directory, program)).filter(Files::isExecutable).findFirst();
        if (found.isEmpty() && "true".equals(System.getenv("CI"))) {
            throw new AssertionError(program + " is missing: bin/install-tools installs it");
        }
        Assumptions.assumeTrue(found.isPresent(),
                () -> "SKIPPED: " + program + " is missing (docs/operating/tools.md)");
        return found.orElseThrow();
    }
}
