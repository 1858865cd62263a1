package dev.roster.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JavaFinderTest {

    @TempDir
    Path machine;

    @Test
    void takesTheRunningJavaWhenItIsNewEnough() {
        Path found = new JavaFinder(25, machine.resolve("running"), Map.of("JAVA_25_HOME", "/elsewhere"), List.of())
                .find();

        assertThat(found).isEqualTo(machine.resolve("running/bin/java"));
    }

    @Test
    void prefersTheEnvironmentToFolders() throws IOException {
        Path named = jdk("named", "25.0.1");
        jdk("folder/jdk-26", "26");

        assertThat(finder(Map.of("JAVA_25_HOME", named.toString(), "JAVA_HOME", "/elsewhere")).find())
                .isEqualTo(named.resolve("bin/java"));
    }

    @Test
    void passesOverWhatIsTooOldOrNoJdk() throws IOException {
        Path old = jdk("old", "17.0.9");
        Files.createDirectories(machine.resolve("folder/no-jdk"));
        jdk("folder/jdk-21", "21");
        Path mac = jdk("folder/jdk-25.jdk/Contents/Home", "25");

        assertThat(finder(Map.of("JAVA_HOME", old.toString())).find()).isEqualTo(mac.resolve("bin/java"));
    }

    @Test
    void saysWhatIsNeededWhenThereIsNone() {
        assertThatThrownBy(() -> finder(Map.of()).find()).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("needs Java 25").hasMessageContaining("Java 17")
                .hasMessageContaining("JAVA_25_HOME").hasMessageContaining(machine.resolve("folder").toString());
    }

    private JavaFinder finder(Map<String, String> environment) {
        return new JavaFinder(17, machine.resolve("running"), environment,
                List.of(machine.resolve("missing"), machine.resolve("folder")));
    }

    private Path jdk(String name, String version) throws IOException {
        Path home = machine.resolve(name);
        Files.createDirectories(home.resolve("bin"));
        Files.writeString(home.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");
        assertThat(Files.createFile(home.resolve("bin/java")).toFile().setExecutable(true)).isTrue();
        return home;
    }
}
