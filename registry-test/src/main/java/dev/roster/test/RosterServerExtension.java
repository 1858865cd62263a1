package dev.roster.test;

import dev.roster.api.security.Role;
import dev.roster.client.RosterClient;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A Roster server for the tests of a class:
 *
 * <pre>{@code
 * @RegisterExtension
 * static final RosterServerExtension roster = new RosterServerExtension();
 * }</pre>
 *
 * In a static field it is started once for the class (some ten seconds); in an instance field, for each test. A test that
 * fails shows the end of the server's output. For applications that need the server's address before a test can tell it,
 * such as those that import their configuration, see {@link #withSystemProperties}.
 */
public final class RosterServerExtension
        implements
            BeforeAllCallback,
            BeforeEachCallback,
            AfterEachCallback,
            AfterAllCallback {
    private final RosterProcessBuilder settings = RosterProcess.builder();
    private final Map<String, @Nullable String> savedProperties = new LinkedHashMap<>();
    private boolean systemProperties;
    private boolean perTest;
    private @Nullable RosterProcess process;

    /** Makes an extension for a server with its defaults. */
    public RosterServerExtension() {}

    /** Sets a property of the server. */
    public RosterServerExtension withProperty(String name, String value) {
        settings.property(name, value);
        return this;
    }

    /**
     * Sets the system properties {@code roster.client.addresses} and {@code roster.client.token} (role application) while the
     * server runs, so that Spring applications in the same JVM find it without further ado, also when they import their
     * configuration from it. Not for tests that run at the same time as others.
     */
    public RosterServerExtension withSystemProperties() {
        systemProperties = true;
        return this;
    }

    /** Returns the URL of the server. */
    public URI address() {
        return process().address();
    }

    /** Returns the password of the user {@code admin}. */
    public String adminPassword() {
        return process().adminPassword();
    }

    /** Returns a client with the role admin; the same one each time, closed with the server. */
    public RosterClient client() {
        return process().client();
    }

    /** Returns a new token with this role. */
    public String issueToken(Role role) {
        return process().issueToken(role);
    }

    /** Returns the process, to stop, kill or pause it. A test that leaves it ended ends it for those after it. */
    public RosterProcess process() {
        RosterProcess running = process;
        if (running == null) {
            throw new IllegalStateException(
                    "the server is not started: is the field annotated with @RegisterExtension?");
        }
        return running;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        start();
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        if (process == null) {
            perTest = true;
            start();
        }
    }

    @Override
    public void afterEach(ExtensionContext context) {
        RosterProcess running = process;
        if (running != null && context.getExecutionException().isPresent()) {
            context.publishReportEntry("the end of the Roster server's output", "\n" + running.logTail());
        }
        if (perTest) {
            stop();
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        stop();
    }

    private void start() {
        RosterProcess started = settings.build();
        process = started;
        try {
            started.start().awaitReady();
        } catch (RuntimeException e) {
            stop();
            throw e;
        }
        if (systemProperties) {
            set("roster.client.addresses", started.address().toString());
            set("roster.client.token", started.issueToken(Role.APPLICATION));
        }
    }

    private void stop() {
        savedProperties.forEach((name, value) -> {
            if (value == null) {
                System.clearProperty(name);
            } else {
                System.setProperty(name, value);
            }
        });
        savedProperties.clear();
        RosterProcess running = process;
        process = null;
        if (running != null) {
            running.close();
        }
    }

    private void set(String name, String value) {
        savedProperties.put(name, System.getProperty(name));
        System.setProperty(name, value);
    }
}
