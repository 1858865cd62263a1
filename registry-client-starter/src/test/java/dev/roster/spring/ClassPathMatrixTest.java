package dev.roster.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.client.RosterClient;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.assertj.ApplicationContextAssert;
import org.springframework.boot.test.context.assertj.ApplicationContextAssertProvider;
import org.springframework.boot.test.context.runner.AbstractApplicationContextRunner;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/**
 * The starter with everything that Boot and Spring Cloud configure by themselves, for each combination of what may be on the class
 * path. Jars are hidden here ({@link ClassPathWithout}); {@link ClassPathMatrixIT} starts applications that never had them.
 */
class ClassPathMatrixTest {

    @TempDir
    Path lastGood;

    enum Web {
        NONE, SERVLET, REACTIVE
    }

    /** What is on the class path beside the starter. A gateway is reactive. */
    record Combination(Web web, boolean loadBalancer, boolean actuator, boolean gateway) {

        ClassLoader classLoader() {
            Set<Library> missing = EnumSet.of(Library.INTEGRATION);
            if (!loadBalancer) {
                missing.add(Library.LOAD_BALANCER);
            }
            if (!actuator) {
                missing.add(Library.ACTUATOR);
            }
            if (!gateway) {
                missing.add(Library.GATEWAY);
            }
            if (web != Web.SERVLET) {
                missing.add(Library.SERVLET);
            }
            if (web != Web.REACTIVE) {
                missing.add(Library.WEBFLUX);
                if (!loadBalancer) {
                    missing.add(Library.REACTOR);
                }
            }
            return new ClassPathWithout(missing);
        }
    }

    static Stream<Combination> combinations() {
        List<Combination> all = new ArrayList<>();
        for (Web web : Web.values()) {
            for (boolean loadBalancer : new boolean[]{false, true}) {
                for (boolean actuator : new boolean[]{false, true}) {
                    all.add(new Combination(web, loadBalancer, actuator, false));
                    if (web == Web.REACTIVE) {
                        all.add(new Combination(web, loadBalancer, actuator, true));
                    }
                }
            }
        }
        return all.stream();
    }

    @ParameterizedTest
    @MethodSource("combinations")
    void worksWithWhatIsThere(Combination given) {
        switch (given.web()) {
            case NONE -> check(new ApplicationContextRunner(), given);
            case SERVLET -> check(new WebApplicationContextRunner(), given);
            case REACTIVE -> check(new ReactiveWebApplicationContextRunner(), given);
        }
    }

    private <R extends AbstractApplicationContextRunner<R, C, A>, C extends ConfigurableApplicationContext, A extends ApplicationContextAssertProvider<C>> void check(
            R runner, Combination given) {
        runner.withClassLoader(given.classLoader()).withUserConfiguration(Application.class)
                .withPropertyValues("spring.application.name=orders", "roster.client.addresses=http://127.0.0.1:1",
                        "roster.client.last-good.directory=" + lastGood)
                .run(context -> {
                    ApplicationContextAssert<C> found = assertThat(context);
                    found.hasNotFailed().hasSingleBean(RosterClient.class);
                    Stream.of("rosterDiscoveryClient", "rosterAutoServiceRegistration", "rosterConfigListeners")
                            .forEach(found::hasBean);
                    expect(found, "rosterReactiveDiscoveryClient", given.web() == Web.REACTIVE);
                    expect(found, "rosterLoadBalancerCacheEviction", given.loadBalancer());
                    expect(found, "rosterHealthIndicator", given.actuator());
                    expect(found, "rosterApplicationHealth", given.actuator());
                    expect(found, "rosterMetrics", given.actuator());
                    expect(found, "rosterCallObservations", given.actuator());
                    expect(found, "routeDefinitionRouteLocator", given.gateway());
                });
    }

    private static void expect(ApplicationContextAssert<?> context, String bean, boolean there) {
        if (there) {
            context.hasBean(bean);
        } else {
            context.doesNotHaveBean(bean);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {}
}
