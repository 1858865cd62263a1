package dev.roster.spring.container;

import dev.roster.spring.client.RosterConnectionDetails;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.docker.compose.core.RunningService;
import org.springframework.boot.docker.compose.service.connection.DockerComposeConnectionDetailsFactory;
import org.springframework.boot.docker.compose.service.connection.DockerComposeConnectionSource;
import org.springframework.boot.ssl.SslBundle;

/**
 * Connects with a service of Docker Compose that has the image {@code roster}, or {@code roster} in the label
 * {@code org.springframework.boot.service-connection}; with the credentials of the properties.
 */
final class RosterDockerComposeConnectionDetailsFactory
        extends
            DockerComposeConnectionDetailsFactory<RosterConnectionDetails> {

    RosterDockerComposeConnectionDetailsFactory() {
        super(ServerImage.CONNECTION_NAME);
    }

    @Override
    protected RosterConnectionDetails getDockerComposeConnectionDetails(DockerComposeConnectionSource source) {
        return new Details(source.getRunningService());
    }

    /** What one service says. */
    static final class Details extends DockerComposeConnectionDetails implements RosterConnectionDetails {
        private final List<URI> addresses;
        private final @Nullable SslBundle sslBundle;

        Details(RunningService service) {
            super(service);
            sslBundle = getSslBundle(service);
            addresses = List
                    .of(ServerImage.address(service.host(), service.ports().get(ServerImage.PORT), sslBundle));
        }

        @Override
        public List<URI> getAddresses() {
            return addresses;
        }

        @Override
        public @Nullable SslBundle getSslBundle() {
            return sslBundle;
        }
    }
}
