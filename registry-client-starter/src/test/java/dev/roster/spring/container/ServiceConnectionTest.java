package dev.roster.spring.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.spring.client.RosterConnectionDetails;
import dev.roster.spring.discovery.RosterDiscoveryClient;
import dev.roster.spring.testing.Contexts;
import dev.roster.spring.testing.FakeRoster;
import dev.roster.test.RosterContainer;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.testcontainers.service.connection.ServiceConnection;
import org.springframework.boot.testcontainers.service.connection.ServiceConnectionAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.utility.DockerImageName;
import org.testcontainers.utility.ThrowingFunction;

/** Applications that are told by a container where Roster is. The container is none, so no Docker engine is needed. */
class ServiceConnectionTest {
    @TempDir
    Path lastGood;

    private final FakeRoster roster = new FakeRoster();

    @AfterEach
    void stop() {
        roster.close();
    }

    private ApplicationContextRunner application(Class<?> containers) {
        return Contexts.of(lastGood)
                .withConfiguration(AutoConfigurations.of(ServiceConnectionAutoConfiguration.class))
                .withBean(FakeRoster.class, () -> roster, definition -> definition.setDestroyMethodName(""))
                .withUserConfiguration(containers);
    }

    @Test
    void findRosterInAContainerAndShowTheAdminsPassword() {
        application(Containers.class).run(context -> {
            assertThat(context.getBean(RosterConnectionDetails.class).getAddresses())
                    .containsExactly(URI.create(roster.address()));

            context.getBean(RosterDiscoveryClient.class).getServices();

            assertThat(roster.tokens()).containsOnly("Basic YWRtaW46b3BlbiBzZXNhbWU=");
        });
    }

    @Test
    void takeOurOwnContainerWithoutAName() {
        // It is not started, so nobody may ask it where it is.
        application(Ours.class).withPropertyValues("roster.client.enabled=false")
                .run(context -> assertThat(context).hasSingleBean(RosterConnectionDetails.class));
    }

    @Test
    void readThePasswordThatTheServerWasGiven() {
        assertThat(ServerImage.passwordFile(Map.of())).isEqualTo("/var/lib/roster/admin-password");
        assertThat(ServerImage.passwordFile(Map.of("ROSTER_SECURITY_ADMINPASSWORDFILE", "/run/secrets/admin")))
                .isEqualTo("/run/secrets/admin");
    }

    @Test
    void keepToTheirPropertiesBesideOtherContainers() {
        application(Others.class).run(context -> assertThat(context.getBean(RosterConnectionDetails.class)
                .getAddresses()).containsExactly(URI.create("http://127.0.0.1:1")));
    }

    @Test
    void writeAddressesAsUrls() {
        assertThat(ServerImage.address("::1", 7400, null)).isEqualTo(URI.create("http://[::1]:7400"));
        assertThat(ServerImage.address("h", 1, SslBundle.systemDefault()))
                .isEqualTo(URI.create("https://h:1"));
    }

    @Configuration(proxyBeanMethods = false)
    static class Containers {

        @Bean
        @ServiceConnection(name = "roster")
        FakeContainer container(FakeRoster roster) {
            return new FakeContainer("roster:0.1.0", roster);
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Ours {

        @Bean
        @ServiceConnection
        RosterContainer container() {
            return new RosterContainer("registry.example.com/team/directory:1");
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Others {

        @Bean
        FakeContainer container(FakeRoster roster) {
            return new FakeContainer("roster:0.1.0", roster);
        }
    }

    /** Looks like a container that was started; behind its port is the fake of the server. */
    static final class FakeContainer extends GenericContainer<FakeContainer> {
        private final String image;
        private final URI address;

        FakeContainer(String image, FakeRoster roster) {
            super(DockerImageName.parse(image));
            this.image = image;
            this.address = URI.create(roster.address());
        }

        @Override
        public String getDockerImageName() {
            return image;
        }

        @Override
        public void start() {}

        @Override
        public void stop() {}

        @Override
        public String getHost() {
            return address.getHost();
        }

        @Override
        public Integer getMappedPort(int port) {
            assertThat(port).isEqualTo(7400);
            return address.getPort();
        }

        @Override
        public <T> T copyFileFromContainer(String path, ThrowingFunction<InputStream, T> function) {
            assertThat(path).isEqualTo("/var/lib/roster/admin-password");
            try {
                return function.apply(new ByteArrayInputStream("open sesame\n".getBytes(StandardCharsets.UTF_8)));
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
