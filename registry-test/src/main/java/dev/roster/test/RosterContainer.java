package dev.roster.test;

import dev.roster.api.security.Role;
import dev.roster.api.security.TokenRequest;
import dev.roster.client.Credentials;
import dev.roster.client.RosterClient;
import java.net.URI;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.images.builder.Transferable;
import org.testcontainers.utility.DockerImageName;

/**
 * A Roster server in a container, by Testcontainers, for tests of which {@link RosterServerExtension} is not enough. With Boot's
 * {@code @ServiceConnection} on it, an application finds it by itself:
 *
 * <pre>{@code
 * @Container
 * @ServiceConnection
 * static final RosterContainer roster = new RosterContainer("roster:0.1.0");
 * }</pre>
 *
 * That tells the client's address too late for {@code spring.config.import}; see {@link #setSystemProperties}.
 */
public final class RosterContainer extends GenericContainer<RosterContainer> {
    private static final int PORT = 7400;
    private static final String PASSWORD_FILE = "/etc/roster/admin-password";
    private static final Duration START_LIMIT = Duration.ofMinutes(3);

    private final String adminPassword = UUID.randomUUID().toString();
    private @Nullable RosterClient client;

    /**
     * Makes a container that is not started.
     *
     * @param image name of the server's image, as {@code docker/README.md} says how to build it
     */
    public RosterContainer(String image) {
        this(DockerImageName.parse(image));
    }

    /** Makes a container that is not started. */
    public RosterContainer(DockerImageName image) {
        super(image);
        addExposedPort(PORT);
        addEnv("ROSTER_SECURITY_ADMINPASSWORDFILE", PASSWORD_FILE);
        withCopyToContainer(Transferable.of(adminPassword + "\n"), PASSWORD_FILE);
        waitingFor(Wait.forHttp("/actuator/health/readiness").forPort(PORT).withStartupTimeout(START_LIMIT));
    }

    /** Returns the URL of the server, once that is started. */
    public URI address() {
        return URI.create("http://" + getHost() + ":" + getMappedPort(PORT));
    }

    /** Returns the password of the user {@code admin}. */
    public String adminPassword() {
        return adminPassword;
    }

    /** Returns a client with the role admin; the same one each time, closed with the container. */
    public synchronized RosterClient client() {
        RosterClient made = client;
        if (made == null) {
            made = RosterClient.builder().address(address().toString())
                    .credentials(Credentials.user("admin", adminPassword)).build();
            client = made;
        }
        return made;
    }

    /** Returns a new token of the user admin with this role, valid for 12 hours. */
    public String issueToken(Role role) {
        return client().security().issueToken(new TokenRequest("test", role, null)).secret();
    }

    /**
     * Starts the container and sets the system properties {@code roster.client.addresses} and {@code roster.client.token} (role
     * application), so that Spring applications in the same JVM find it also when they import their configuration from it. To be
     * called in a static initializer; nobody takes the properties away again.
     */
    public RosterContainer setSystemProperties() {
        start();
        System.setProperty("roster.client.addresses", address().toString());
        System.setProperty("roster.client.token", issueToken(Role.APPLICATION));
        return this;
    }

    @Override
    public synchronized void stop() {
        RosterClient made = client;
        client = null;
        if (made != null) {
            made.close();
        }
        super.stop();
    }
}
