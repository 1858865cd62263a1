package dev.roster.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.roster.api.config.ConfigFormat;
import dev.roster.api.config.ConfigItem;
import dev.roster.api.config.ConfigVersion;
import dev.roster.api.config.PublishRequest;
import dev.roster.api.config.RollbackRequest;
import dev.roster.api.registry.InstanceRegistration;
import dev.roster.api.registry.ServiceInstances;
import dev.roster.api.security.Role;
import dev.roster.api.security.TokenRequest;
import dev.roster.api.security.UserRequest;
import dev.roster.api.watch.ConfigState;
import dev.roster.client.Consistency;
import dev.roster.client.Credentials;
import dev.roster.client.InstanceKeeper;
import dev.roster.client.PageRequest;
import dev.roster.client.RosterClient;
import dev.roster.client.RosterRejectedException;
import dev.roster.client.Watched;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The client against the real server: that both mean the same by the API. */
class RosterServerExtensionIT {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final InstanceRegistration REGISTRATION = new InstanceRegistration("127.0.0.1", 8081, null,
            Duration.ofSeconds(30), null, null);

    @RegisterExtension
    static final RosterServerExtension ROSTER = new RosterServerExtension().withSystemProperties();

    private final RosterClient client = ROSTER.client();

    @Test
    void registersFindsAndRemovesInstances() {
        client.registry().register("stock", "a", REGISTRATION);
        client.registry().renew("stock", "a");

        assertThat(client.registry().get("stock").instances()).hasSize(1);
        assertThat(client.registry().list(PageRequest.first().withPrefix("sto")).items()).extracting("name")
                .containsExactly("stock");
        assertThat(client.withConsistency(Consistency.LINEARIZABLE).registry().get("stock", "a").port())
                .isEqualTo(8081);

        client.registry().deregister("stock", "a");

        assertThat(client.registry().find("stock")).isEmpty();
        assertThat(client.registry().find("stock", "a")).isEmpty();
        assertThatThrownBy(() -> client.registry().renew("stock", "a")).isInstanceOfSatisfying(
                RosterRejectedException.class, e -> assertThat(e.is("instance-not-found")).isTrue());
    }

    @Test
    void publishesRollsBackAndDeletesConfiguration() {
        RosterClient staging = client.inNamespace("staging");
        PublishRequest first = new PublishRequest(ConfigFormat.YAML, "a: 1", "first");
        ConfigItem one = staging.configs().create("app", first);
        ConfigItem two = staging.configs().publish("app", one.version(),
                new PublishRequest(ConfigFormat.YAML, "a: 2", null));

        assertThat(staging.configs().get("app").content()).isEqualTo("a: 2");
        assertThatThrownBy(() -> staging.configs().create("app", first)).isInstanceOfSatisfying(
                RosterRejectedException.class, e -> assertThat(e.problem().currentVersion()).isEqualTo(two.version()));
        assertThatThrownBy(() -> staging.configs().publish("app", two.version(),
                new PublishRequest(ConfigFormat.YAML, "a: [1", null)))
                .isInstanceOfSatisfying(RosterRejectedException.class,
                        e -> assertThat(e.problem().violations().get(0).line()).isEqualTo(1));

        ConfigItem three = staging.configs().rollback("app", two.version(), new RollbackRequest(1L, "back"));
        assertThat(three.content()).isEqualTo("a: 1");
        assertThat(staging.configs().version("app", 2).content()).isEqualTo("a: 2");
        staging.configs().delete("app", three.version());

        assertThat(staging.configs().find("app")).isEmpty();
        assertThat(staging.configs().versions("app", PageRequest.first()).items()).extracting(ConfigVersion::action)
                .containsExactly(ConfigVersion.Action.DELETED, ConfigVersion.Action.ROLLED_BACK,
                        ConfigVersion.Action.PUBLISHED, ConfigVersion.Action.PUBLISHED);
        assertThat(staging.configs().create("app", first).version()).isGreaterThan(three.version());
        assertThat(client.cluster().namespaces().items()).contains("staging");
        assertThat(staging.configs().list(PageRequest.first().withLimit(1)).items()).hasSize(1);
    }

    @Test
    void followsServicesAndConfiguration() {
        List<String> seen = new CopyOnWriteArrayList<>();
        try (RosterClient application = RosterClient.builder().address(ROSTER.address().toString())
                .credentials(Credentials.token(ROSTER.issueToken(Role.APPLICATION))).build()) {
            Watched<ServiceInstances> service = application.watch().service("billing",
                    state -> seen.add("billing " + state.instances().size()));
            Watched<ConfigState> config = application.watch().config("billing",
                    state -> seen.add("config " + (state.item() == null ? "none" : state.item().content())));
            service.await(SOON);
            config.await(SOON);
            await().atMost(SOON).untilAsserted(() -> assertThat(seen).containsExactly("billing 0", "config none"));

            InstanceKeeper keeper = application.keep("billing", "a", REGISTRATION);
            keeper.registered().orTimeout(20, TimeUnit.SECONDS).join();
            await().atMost(SOON).until(() -> seen.contains("billing 1"));
            client.configs().create("billing", new PublishRequest(ConfigFormat.PROPERTIES, "a=1", null));
            await().atMost(SOON).until(() -> seen.contains("config a=1"));
            keeper.close();

            await().atMost(SOON).untilAsserted(() -> assertThat(seen).containsExactly("billing 0", "config none",
                    "billing 1", "config a=1", "billing 0"));
        }
    }

    @Test
    void managesUsersAndTokens() {
        assertThat(client.security().identity().role()).isEqualTo(Role.ADMIN);
        client.security().putUser("reader", new UserRequest(Role.READER, "a long password"));
        RosterClient reader = client.as(() -> Credentials.user("reader", "a long password"));
        String secret = reader.security().issueToken(new TokenRequest("mine", null, null)).secret();
        RosterClient byToken = client.as(() -> Credentials.token(secret));

        assertThat(byToken.security().identity().name()).isEqualTo("reader");
        assertThat(byToken.security().tokens(PageRequest.first()).items()).hasSize(1);
        assertThatThrownBy(() -> byToken.registry().register("stock", "x", REGISTRATION)).isInstanceOfSatisfying(
                RosterRejectedException.class, e -> assertThat(e.is("forbidden")).isTrue());
        assertThat(client.security().users(PageRequest.first()).items()).extracting("name").contains("admin", "reader");

        byToken.security().revokeCurrentToken();
        assertThatThrownBy(() -> byToken.security().identity()).isInstanceOfSatisfying(RosterRejectedException.class,
                e -> assertThat(e.is("unauthenticated")).isTrue());
        client.security().deleteUser("reader");
    }

    @Test
    void tellsHowTheClusterIs() {
        assertThat(client.cluster().status().leader()).isEqualTo(client.cluster().status().member());
    }

    @Test
    void saysWhereTheServerIsToApplicationsInTheSameJvm() {
        assertThat(System.getProperty("roster.client.addresses")).isEqualTo(ROSTER.address().toString());
        assertThat(System.getProperty("roster.client.token")).startsWith("rst_");
    }
}
