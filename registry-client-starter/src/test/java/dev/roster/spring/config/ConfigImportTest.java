package dev.roster.spring.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.roster.client.RosterClient;
import dev.roster.spring.client.RosterClientCustomizer;
import dev.roster.spring.testing.Applications;
import dev.roster.spring.testing.FakeRoster;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.bootstrap.BootstrapRegistry.InstanceSupplier;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.OriginLookup;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.cloud.context.config.annotation.RefreshScope;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.PropertySource;

/** {@code spring.config.import=roster:} in applications without a web server. */
@ExtendWith(OutputCaptureExtension.class)
class ConfigImportTest {
    private static final Duration SOON = Duration.ofSeconds(10);

    @RegisterExtension
    final Applications applications = new Applications().with("roster.config.timeout", "2s");

    private final FakeRoster roster = applications.roster();

    private ConfigurableApplicationContext run(String... arguments) {
        return applications.run(WebApplicationType.NONE, Application.class, arguments);
    }

    @Test
    void letsTheApplicationCustomizeTheClientBeforeThereAreBeans() {
        roster.publish("orders", "a: 1");
        Path own = applications.lastGood().resolve("own.json");
        SpringApplication application = new SpringApplication(Application.class);
        application.setWebApplicationType(WebApplicationType.NONE);
        application.addBootstrapRegistryInitializer(registry -> registry.register(RosterClientCustomizer.class,
                InstanceSupplier.of(builder -> builder.address(roster.address()).lastGoodFile(own))));

        ConfigurableApplicationContext context = applications.closeLater(application.run(
                "--spring.application.name=orders", "--spring.config.import=roster:",
                "--roster.client.addresses=http://127.0.0.1:1"));

        assertThat(property(context, "a")).isEqualTo("1");
        context.close();
        assertThat(own).exists();
    }

    private static String property(ConfigurableApplicationContext context, String name) {
        return context.getEnvironment().getProperty(name);
    }

    @Test
    void importsSharedAndOwnItemsOfWhichLaterOnesWin() {
        roster.publish("application", "a: shared\nb: shared\nc: shared\nd: shared")
                .publish("application-prod", "b: shared-prod\nc: shared-prod\nd: shared-prod")
                .publish("orders", "c: own\nd: own").publish("orders-prod", "d: own-prod");

        ConfigurableApplicationContext context = run("--spring.config.import=roster:", "--spring.profiles.active=prod");

        assertThat(List.of("a", "b", "c", "d")).map(name -> property(context, name)).containsExactly("shared",
                "shared-prod", "own", "own-prod");
    }

    @Test
    void winsOverFilesOfTheApplicationThatImportIt() {
        roster.publish("orders", "from: roster\nfrom-profile: roster");

        ConfigurableApplicationContext context = run("--spring.config.location=classpath:/importing/",
                "--spring.profiles.active=prod");

        assertThat(property(context, "from")).isEqualTo("roster");
        assertThat(property(context, "from-profile")).isEqualTo("roster");
        assertThat(property(context, "only-file")).isEqualTo("file");
    }

    @Test
    void importsOneItemByItsName() {
        roster.publish("payment", "properties", "a=ä\nb=2")
                .publish("limits", "json", "{\"limit\": {\"list\": [1, {\"x\": true}]}}")
                .publish("orders", "c: not imported");

        ConfigurableApplicationContext context = run("--spring.config.import=roster:payment,roster:limits");

        assertThat(property(context, "a")).isEqualTo("ä");
        assertThat(property(context, "limit.list[0]")).isEqualTo("1");
        assertThat(property(context, "limit.list[1].x")).isEqualTo("true");
        assertThat(property(context, "c")).isNull();
    }

    @Test
    void importsFromAnotherNamespace() {
        roster.publish("shared/limits", "a: limits").publish("shared/application", "b: application")
                .publish("shared/orders-prod", "c: orders-prod").publish("limits", "a: own namespace");

        ConfigurableApplicationContext context = run("--spring.config.import=roster:shared/limits,roster:shared/",
                "--spring.profiles.active=prod");

        assertThat(List.of("a", "b", "c")).map(name -> property(context, name)).containsExactly("limits",
                "application", "orders-prod");
        assertThatThrownBy(() -> run("--spring.config.import=roster:/limits")).hasMessageContaining(
                "expected roster:<item> or roster:<namespace>/<item>");
    }

    @Test
    void saysWhereAPropertyComesFrom() {
        roster.publish("orders", "x: 1\ngreeting:\n  text: hello");

        ConfigurableApplicationContext context = run("--spring.config.import=roster:");

        Origin origin = null;
        for (PropertySource<?> source : context.getEnvironment().getPropertySources()) {
            origin = origin == null ? OriginLookup.getOrigin(source, "greeting.text") : origin;
        }
        assertThat(origin).hasToString("configuration 'orders' of Roster's namespace 'default', version 1 - 3:9");
    }

    @Test
    void honoursTheActivationOfDocumentsButNoImportsNorProfilesFromThem() {
        roster.publish("orders", """
                a: 1
                spring.profiles.active: other
                spring.config.import: file:/no/such/file
                ---
                spring.config.activate.on-profile: prod
                a: 2
                ---
                spring.config.activate.on-profile: test
                a: 3
                """);

        ConfigurableApplicationContext context = run("--spring.config.import=roster:", "--spring.profiles.active=prod");

        assertThat(property(context, "a")).isEqualTo("2");
        assertThat(context.getEnvironment().getActiveProfiles()).containsExactly("prod");
    }

    @Test
    void usesOneClientForConfigurationAndDiscovery() {
        roster.publish("orders", "a: 1");

        ConfigurableApplicationContext context = run("--spring.config.import=roster:");

        assertThat(context.getBeansOfType(RosterClient.class)).hasSize(1);
        assertThat(context.getBean(RosterClient.class)).isSameAs(context.getBean(RosterConfigSource.class).client());
    }

    @Test
    void contributesNothingWhenSwitchedOff() {
        assertThat(run("--spring.config.import=roster:", "--roster.config.enabled=false")
                .getBeansOfType(RosterConfigSource.class)).isEmpty();
        assertThat(run("--spring.config.import=roster:", "--roster.client.enabled=false")
                .getBeansOfType(RosterClient.class)).isEmpty();
    }

    @Test
    void startsWithDefaultsWhenRosterIsAwayAndTheImportOptional(CapturedOutput output) {
        roster.leave();

        ConfigurableApplicationContext context = run("--spring.config.import=optional:roster:",
                "--roster.config.timeout=100ms");

        assertThat(context.getBean(Greeting.class).getText()).isEqualTo("default");
        assertThat(output)
                .contains("Roster is away: configuration 'orders' of Roster's namespace 'default' is not known");
    }

    @Test
    void takesTheConfigurationInWhenRosterComesLater() {
        roster.publish("orders", "greeting.text: from roster");
        roster.leave();
        ConfigurableApplicationContext context = run("--spring.config.import=optional:roster:",
                "--roster.config.timeout=100ms");

        roster.comeBack();

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(context.getBean(Greeting.class).getText()).isEqualTo("from roster"));
    }

    @Test
    void startsWithTheLastGoodCopyWhenRosterIsAway(CapturedOutput output) {
        roster.publish("orders", "greeting.text: kept");
        run("--spring.config.import=roster:").close();
        roster.leave();

        ConfigurableApplicationContext context = run("--spring.config.import=roster:");

        assertThat(context.getBean(Greeting.class).getText()).isEqualTo("kept");
        assertThat(output).contains("is the last good copy, version 1");
    }

    @Test
    void doesNotStartWithoutRequiredConfiguration(CapturedOutput output) {
        roster.leave();

        assertThatThrownBy(() -> run("--spring.config.import=roster:", "--roster.config.timeout=100ms"))
                .hasMessageContaining("configuration 'orders'")
                .hasCauseInstanceOf(RosterConfigUnavailableException.class);

        assertThat(output).contains("APPLICATION FAILED TO START", "The application requires configuration from Roster",
                "Item:   orders", "spring.config.import=optional:roster:");
    }

    @Test
    void saysThatTheCredentialsAreNotValid(CapturedOutput output) {
        roster.refuse(true);

        assertThatThrownBy(() -> run("--spring.config.import=roster:")).hasMessageContaining("configuration 'orders'");

        assertThat(output).contains("APPLICATION FAILED TO START", "unauthenticated", "roster.client.token-file");
    }

    @Test
    void missesAnItemThatIsNamedUnlessOptional() {
        assertThatThrownBy(() -> run("--spring.config.import=roster:payment")).hasMessageContaining("payment");
        run("--spring.config.import=optional:roster:payment");
    }

    @Test
    void saysWhichItemCannotBeRead(CapturedOutput output) {
        roster.publish("orders", "a: [1");

        assertThatThrownBy(() -> run("--spring.config.import=roster:"))
                .isInstanceOf(RosterConfigInvalidException.class);

        assertThat(output).contains("APPLICATION FAILED TO START",
                "The configuration 'orders' of namespace 'default', version 1, is not valid YAML");
    }

    @Test
    void usesNoItemOfAnImpossibleName(CapturedOutput output) {
        run("--spring.config.import=roster:", "--spring.application.name=my orders");

        assertThat(output).contains("No configuration item can be called 'my orders'");
    }

    @Test
    void refreshesPropertiesAndScopedBeansWhenAVersionIsPublished(CapturedOutput output) {
        roster.publish("orders", "greeting.text: one");
        ConfigurableApplicationContext context = run("--spring.config.import=roster:", "--roster.discovery.port=8080");
        await().atMost(SOON).until(() -> roster.instances("orders").size() == 1);
        int registrations = registrations();
        Scoped before = context.getBean(Scoped.class);
        assertThat(before.text()).isEqualTo("one");

        roster.publish("orders", "greeting.text: two");

        await().atMost(SOON).untilAsserted(() -> {
            assertThat(context.getBean(Greeting.class).getText()).isEqualTo("two");
            assertThat(before.text()).isEqualTo("two");
        });
        assertThat(registrations()).isEqualTo(registrations);
        await().atMost(SOON).untilAsserted(
                () -> assertThat(output).contains("Refreshed with configuration [orders]: [greeting.text]"));
        assertThat(output).doesNotContain("Cannot create default instance");
    }

    @Test
    void takesAwayWhatANewVersionNoLongerHas() {
        roster.publish("application", "a: shared").publish("orders", "a: own\nb: own\n---\nc: second document");
        ConfigurableApplicationContext context = run("--spring.config.import=roster:");
        assertThat(property(context, "c")).isEqualTo("second document");

        roster.publish("orders", "b: own, alone");
        await().atMost(SOON).untilAsserted(() -> {
            assertThat(property(context, "b")).isEqualTo("own, alone");
            assertThat(property(context, "a")).isEqualTo("shared");
            assertThat(property(context, "c")).isNull();
        });

        roster.delete("orders");
        await().atMost(SOON).untilAsserted(() -> assertThat(property(context, "b")).isNull());

        roster.publish("orders", "b: again");
        await().atMost(SOON).untilAsserted(() -> assertThat(property(context, "b")).isEqualTo("again"));
    }

    @Test
    void keepsWhatItHasWhenAVersionCannotBeRead(CapturedOutput output) {
        roster.publish("orders", "greeting.text: one");
        ConfigurableApplicationContext context = run("--spring.config.import=roster:");

        roster.publish("orders", "greeting: [");
        await().atMost(SOON).untilAsserted(() -> assertThat(output).contains("was not taken in"));
        assertThat(context.getBean(Greeting.class).getText()).isEqualTo("one");

        roster.publish("orders", "greeting.text: three");
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(context.getBean(Greeting.class).getText()).isEqualTo("three"));
    }

    @Test
    void refreshesNothingWhenToldNotTo() {
        roster.publish("orders", "greeting.text: one");

        ConfigurableApplicationContext context = run("--spring.config.import=roster:",
                "--roster.config.refresh.enabled=false");

        assertThat(context.getBeansOfType(RosterConfigRefresher.class)).isEmpty();
        assertThat(context.getBean(Greeting.class).getText()).isEqualTo("one");
    }

    private int registrations() {
        return (int) roster.calls().stream().filter(call -> call.startsWith("PUT") && !call.endsWith("/heartbeat"))
                .count();
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @EnableConfigurationProperties(Greeting.class)
    static class Application {

        @Bean
        @RefreshScope
        Scoped scoped(@Value("${greeting.text:none}") String text) {
            return new Scoped(text);
        }
    }

    @ConfigurationProperties("greeting")
    static class Greeting {
        private String text = "default";

        public String getText() {
            return text;
        }

        public void setText(String text) {
            this.text = text;
        }
    }

    static class Scoped {
        private final String text;

        Scoped() {
            this("");
        }

        Scoped(String text) {
            this.text = text;
        }

        String text() {
            return text;
        }
    }
}
