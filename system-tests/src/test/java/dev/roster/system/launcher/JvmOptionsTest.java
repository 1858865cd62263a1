package dev.roster.system.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;

/** The server's jar asks the JVM for the same as the file of options, so that a plain {@code java -jar} works too. */
class JvmOptionsTest {

    private static final Path SERVER = Path.of("..", "registry-server").toAbsolutePath().normalize();

    @Test
    void manifestOpensTheSamePackages() throws IOException {
        var opened = options("--add-opens=").stream().map(option -> option.replace("=ALL-UNNAMED", "")).toList();

        assertThat(manifest().getValue("Add-Opens").split(" ")).containsExactlyInAnyOrderElementsOf(opened);
    }

    @Test
    void manifestAllowsNativeAccessToTheSameModules() throws IOException {
        assertThat(options("--enable-native-access=")).containsExactly(manifest().getValue("Enable-Native-Access"));
    }

    private static List<String> options(String prefix) throws IOException {
        return Files.readAllLines(SERVER.resolve("jvm.options")).stream().filter(line -> line.startsWith(prefix))
                .map(line -> line.substring(prefix.length())).toList();
    }

    private static Attributes manifest() throws IOException {
        var name = "registry-server-" + System.getProperty("roster.version") + "-exec.jar";
        try (var jar = new JarFile(SERVER.resolve("target").resolve(name).toFile())) {
            return jar.getManifest().getMainAttributes();
        }
    }
}
