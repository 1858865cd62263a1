package dev.roster.spring.actuator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roster.client.CallObserver;
import dev.roster.client.RosterClient;
import dev.roster.client.RosterUnavailableException;
import dev.roster.spring.testing.Contexts;
import dev.roster.spring.testing.FakeRoster;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistryAssert;
import io.micrometer.observation.transport.SenderContext;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** Observations of calls: present, absent, overridden, disabled; and what they say. */
class RosterObservationAutoConfigurationTest {
    private static final String SERVICE = "/namespaces/{namespace}/services/{service}";

    @TempDir
    Path lastGood;

    private final TestObservationRegistry observations = TestObservationRegistry.create();

    private ApplicationContextRunner application() {
        return Contexts.of(lastGood).withPropertyValues("roster.client.retry-for=0s", "roster.discovery.register=false")
                .withBean(ObservationRegistry.class, () -> observations);
    }

    @Test
    void tellWhatRosterRefused() {
        try (FakeRoster roster = new FakeRoster()) {
            application().withPropertyValues("roster.client.addresses=" + roster.address()).run(context -> {
                assertThat(context).hasSingleBean(CallObservations.class);
                roster.refuse(true);
                RosterClient client = context.getBean(RosterClient.class);

                assertThatThrownBy(() -> client.registry().get("stock"));

                TestObservationRegistryAssert.assertThat(observations).hasSingleObservationThat()
                        .hasNameEqualTo("roster.client.calls").hasContextualNameEqualTo("get " + SERVICE)
                        .hasLowCardinalityKeyValue("method", "GET").hasLowCardinalityKeyValue("route", SERVICE)
                        .hasLowCardinalityKeyValue("outcome", "refused")
                        .hasLowCardinalityKeyValue("code", "unauthenticated").doesNotHaveError().hasBeenStopped();
            });
        }
    }

    @Test
    void tellThatRosterDidNotAnswer() {
        application().run(context -> {
            askInVain(context.getBean(RosterClient.class));

            TestObservationRegistryAssert.assertThat(observations).hasSingleObservationThat()
                    .hasLowCardinalityKeyValue("outcome", "unavailable").hasLowCardinalityKeyValue("code", "none")
                    .hasError().hasBeenStopped();
        });
    }

    @Test
    void takeTheHeadersOfATraceAlong() {
        observations.observationConfig().observationHandler(new ObservationHandler<SenderContext<Object>>() {
            @Override
            public void onStart(SenderContext<Object> context) {
                context.getSetter().set(context.getCarrier(), "traceparent", "00-1-2-01");
            }

            @Override
            public boolean supportsContext(Observation.Context context) {
                return context instanceof SenderContext<?>;
            }
        });
        try (FakeRoster roster = new FakeRoster()) {
            application().withPropertyValues("roster.client.addresses=" + roster.address()).run(context -> {
                roster.register("stock", "a", "h", 1);

                assertThatThrownBy(() -> context.getBean(RosterClient.class).registry().get("stock"));

                assertThat(roster.traces()).containsExactly("00-1-2-01");
            });
        }
    }

    @Test
    void endWithTheApplication() {
        application().run(context -> {
            RosterClient client = context.getBean(RosterClient.class);

            context.close();

            askInVain(client);
            TestObservationRegistryAssert.assertThat(observations).doesNotHaveAnyObservation();
        });
    }

    @Test
    void areNotMadeWithoutMicrometer() {
        Contexts.of(lastGood).withClassLoader(new FilteredClassLoader("io.micrometer"))
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean("rosterCallObservations"));
    }

    @Test
    void areOffIfBootIsTold() {
        List<String> begun = new ArrayList<>();
        ApplicationContextRunner application = Contexts.of(lastGood)
                .withConfiguration(AutoConfigurations.of(ObservationAutoConfiguration.class))
                .withPropertyValues("roster.client.retry-for=0s", "roster.discovery.register=false")
                .withBean(ObservationHandler.class, () -> new ObservationHandler<>() {
                    @Override
                    public void onStart(Observation.Context context) {
                        begun.add(context.getName());
                    }

                    @Override
                    public boolean supportsContext(Observation.Context context) {
                        return true;
                    }
                });

        application.run(context -> askInVain(context.getBean(RosterClient.class)));
        application.withPropertyValues("management.observations.enable.roster=false")
                .run(context -> askInVain(context.getBean(RosterClient.class)));

        assertThat(begun).containsExactly("roster.client.calls");
    }

    private static void askInVain(RosterClient client) {
        assertThatThrownBy(() -> client.registry().get("stock")).isInstanceOf(RosterUnavailableException.class);
    }

    @Test
    void areNotMadeWithoutRegistry() {
        Contexts.of(lastGood)
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(CallObservations.class));
    }

    @Test
    void areNotMadeWithoutClient() {
        application().withPropertyValues("roster.client.enabled=false")
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(CallObservations.class));
    }

    @Test
    void makeWayForTheApplicationsOwn() {
        List<String> told = new ArrayList<>();
        CallObserver own = (call, headers) -> {
            told.add(call.route());
            return CallObserver.none().begin(call, headers);
        };
        application().withBean(CallObserver.class, () -> own).run(context -> {
            assertThat(context).hasSingleBean(CallObserver.class).doesNotHaveBean(CallObservations.class);

            askInVain(context.getBean(RosterClient.class));

            assertThat(told).containsExactly(SERVICE);
        });
    }
}
