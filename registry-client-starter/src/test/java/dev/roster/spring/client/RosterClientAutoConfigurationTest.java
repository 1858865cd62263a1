package dev.roster.spring.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.client.AddressStatus;
import dev.roster.client.RosterClient;
import dev.roster.spring.testing.Contexts;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.context.properties.source.MutuallyExclusiveConfigurationPropertiesException;
import org.springframework.boot.ssl.DefaultSslBundleRegistry;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** The client: present, overridden, disabled, and made as the properties say. Nothing is connected. */
class RosterClientAutoConfigurationTest {

    @TempDir
    Path lastGood;

    private ApplicationContextRunner application() {
        return Contexts.of(lastGood);
    }

    @Test
    void isThere() {
        application().run(context -> assertThat(context).hasSingleBean(RosterClient.class));
    }

    @Test
    void isNotThereWhenSwitchedOff() {
        application().withPropertyValues("roster.client.enabled=false")
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(RosterClient.class));
    }

    @Test
    void makesWayForTheApplicationsOwn() {
        application().withBean(RosterClient.class,
                () -> RosterClient.builder().address("http://127.0.0.1:1").namespace("own").build()).run(context -> {
                    assertThat(context).hasSingleBean(RosterClient.class);
                    assertThat(context.getBean(RosterClient.class).namespace()).isEqualTo("own");
                });
    }

    @Test
    void goesWhereConnectionDetailsSay() {
        application().run(context -> assertThat(context).getBean(RosterConnectionDetails.class)
                .isInstanceOf(PropertiesRosterConnectionDetails.class));
        application().withBean(RosterConnectionDetails.class, () -> () -> List.of(URI.create("http://127.0.0.1:2")))
                .run(context -> {
                    assertThat(context).hasSingleBean(RosterConnectionDetails.class);
                    assertThat(context.getBean(RosterClient.class).addresses()).extracting(AddressStatus::address)
                            .containsExactly(URI.create("http://127.0.0.1:2"));
                });
    }

    @Test
    void isMadeAsCustomizersSay() {
        application().withBean(RosterClientCustomizer.class, () -> builder -> builder.namespace("customized")).run(
                context -> assertThat(context.getBean(RosterClient.class).namespace()).isEqualTo("customized"));
    }

    @Test
    void usesAnSslBundle() {
        application().withBean(SslBundles.class, RosterClientAutoConfigurationTest::office)
                .withPropertyValues("roster.client.ssl-bundle=office")
                .run(context -> assertThat(context).hasSingleBean(RosterClient.class));
        application().withBean(SslBundles.class, RosterClientAutoConfigurationTest::office)
                .withPropertyValues("roster.client.ssl-bundle=home").run(context -> {
                    assertThat(context).hasFailed();
                    assertThat(context.getStartupFailure()).rootCause()
                            .isInstanceOf(InvalidConfigurationPropertyValueException.class)
                            .hasMessageContaining("roster.client.ssl-bundle");
                    assertThat(((InvalidConfigurationPropertyValueException) rootCause(context.getStartupFailure()))
                            .getReason()).contains("there are [office]");
                });
    }

    private static SslBundles office() {
        return new DefaultSslBundleRegistry("office", SslBundle.systemDefault());
    }

    private static Throwable rootCause(Throwable failure) {
        return failure.getCause() == null ? failure : rootCause(failure.getCause());
    }

    @Test
    void refusesContradictoryCredentials() {
        application().withPropertyValues("roster.client.token=rst_x", "roster.client.username=me").run(context -> {
            assertThat(context).hasFailed();
            assertThat(context.getStartupFailure()).rootCause()
                    .isInstanceOf(MutuallyExclusiveConfigurationPropertiesException.class);
        });
        application().withPropertyValues("roster.client.username=me").run(context -> {
            assertThat(context).hasFailed();
            assertThat(context.getStartupFailure()).rootCause()
                    .isInstanceOf(InvalidConfigurationPropertyValueException.class);
        });
    }

    @Test
    void keepsTheLastGoodAnswersPerNamespaceAndApplication() {
        RosterClientProperties defaults = new RosterClientProperties();

        assertThat(RosterClientFactory.lastGoodFile(defaults, "orders"))
                .isEqualTo(Path.of(System.getProperty("user.home"), ".roster", "last-good", "default-orders.json"));
        assertThat(RosterClientFactory.lastGoodFile(defaults, "../x y").getFileName())
                .hasToString("default-.._x_y.json");
    }
}
