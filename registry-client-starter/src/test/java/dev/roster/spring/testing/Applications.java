package dev.roster.spring.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.FileSystemUtils;

/**
 * A fake of the server for one test, and applications that run on it; all ends with the test. To be registered in an instance
 * field, since the fake is there as soon as the extension is.
 */
public final class Applications implements AfterEachCallback {
    private final FakeRoster roster = new FakeRoster();
    private final Path lastGood = temporaryDirectory();
    private final Map<String, Object> defaults = new HashMap<>();
    private final List<ConfigurableApplicationContext> contexts = new ArrayList<>();

    /** Makes applications that are called {@code orders}, have any free port, and do not linger when they are closed. */
    public Applications() {
        defaults.putAll(Map.of("spring.application.name", "orders", "spring.main.banner-mode", "off", "server.port",
                "0", "roster.client.addresses", roster.address(), "roster.client.last-good.directory",
                lastGood.toString(), "roster.discovery.host", "127.0.0.1", "roster.discovery.drain", "0s"));
    }

    private static Path temporaryDirectory() {
        try {
            return Files.createTempDirectory("roster-last-good-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sets a default of all applications that are started from now on. */
    public Applications with(String property, String value) {
        defaults.put(property, value);
        return this;
    }

    public FakeRoster roster() {
        return roster;
    }

    /** Returns where applications keep their last good answers; shared by those of one test. */
    public Path lastGood() {
        return lastGood;
    }

    /** Starts an application. */
    public ConfigurableApplicationContext run(WebApplicationType type, Class<?> configuration, String... arguments) {
        SpringApplication application = new SpringApplication(configuration);
        application.setWebApplicationType(type);
        application.setDefaultProperties(defaults);
        return closeLater(application.run(arguments));
    }

    /** Closes an application with the test that the test has started in its own way. */
    public ConfigurableApplicationContext closeLater(ConfigurableApplicationContext context) {
        contexts.add(context);
        return context;
    }

    @Override
    public void afterEach(ExtensionContext test) throws IOException {
        contexts.forEach(ConfigurableApplicationContext::close);
        roster.close();
        FileSystemUtils.deleteRecursively(lastGood);
    }
}
