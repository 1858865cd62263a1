package dev.roster.spring.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.spring.client.RosterConnectionDetails;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.service.connection.ConnectionDetailsFactory;
import org.springframework.boot.docker.compose.core.ConnectionPorts;
import org.springframework.boot.docker.compose.core.ImageReference;
import org.springframework.boot.docker.compose.core.RunningService;
import org.springframework.core.io.support.SpringFactoriesLoader;

/** What a service of Docker Compose tells an application. No Docker engine is needed. */
class DockerComposeConnectionTest {

    @Test
    void tellsWhereRosterIsAndLeavesCredentialsToTheProperties() {
        RosterConnectionDetails details = new RosterDockerComposeConnectionDetailsFactory.Details(
                new Service(Map.of()));

        assertThat(details.getAddresses()).containsExactly(URI.create("http://docker.local:32768"));
        assertThat(details.getCredentials()).isNull();
        assertThat(details.getSslBundle()).isNull();
    }

    @Test
    void isFoundByBoot() {
        assertThat(SpringFactoriesLoader.forDefaultResourceLocation().load(ConnectionDetailsFactory.class))
                .hasAtLeastOneElementOfType(RosterDockerComposeConnectionDetailsFactory.class)
                .hasAtLeastOneElementOfType(RosterContainerConnectionDetailsFactory.class);
    }

    private record Service(Map<String, String> labels) implements RunningService {

        @Override
        public String name() {
            return "roster";
        }

        @Override
        public ImageReference image() {
            return ImageReference.of("roster:0.1.0");
        }

        @Override
        public String host() {
            return "docker.local";
        }

        @Override
        public ConnectionPorts ports() {
            return new ConnectionPorts() {
                @Override
                public int get(int containerPort) {
                    assertThat(containerPort).isEqualTo(7400);
                    return 32768;
                }

                @Override
                public List<Integer> getAll() {
                    return List.of(32768);
                }

                @Override
                public List<Integer> getAll(String protocol) {
                    return getAll();
                }
            };
        }

        @Override
        public Map<String, String> env() {
            return Map.of();
        }
    }
}
