package dev.roster.spring.coordination;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.client.RosterClient;
import dev.roster.client.SessionKeeper;
import dev.roster.spring.client.RosterClientAutoConfiguration;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.aop.support.AopUtils;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.integration.support.locks.LockRegistry;

/** What there is when the starter is present, switched off, or the application brings its own. Nothing is connected. */
class CoordinationAutoConfigurationTest {

    @TempDir
    Path lastGood;

    private ApplicationContextRunner application() {
        return new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(RosterClientAutoConfiguration.class,
                        RosterCoordinationAutoConfiguration.class, RosterLockRegistryAutoConfiguration.class))
                .withPropertyValues("spring.application.name=orders", "roster.client.addresses=http://127.0.0.1:1",
                        "roster.client.last-good.directory=" + lastGood);
    }

    @Test
    void configuresCoordinationAndALockRegistryWithoutAskingTheServer() {
        application().run(context -> {
            assertThat(context).hasSingleBean(Coordination.class).hasSingleBean(SessionKeeper.class)
                    .hasSingleBean(RosterLockRegistry.class);
            assertThat(context.getBean(SessionKeeper.class).ttl()).hasSeconds(15);
            Coordination coordination = context.getBean(Coordination.class);
            assertThat(coordination.lock("a")).isSameAs(coordination.lock("a"));
            assertThat(context.getBean(RosterLockRegistry.class).obtain("a")).isSameAs(coordination.lock("a"));
            assertThat(context.getBean(RosterClient.class).addresses().get(0).failures()).isZero();
        });
    }

    @Test
    void doesNothingWhenSwitchedOff() {
        for (String property : new String[]{"roster.coordination.enabled=false", "roster.client.enabled=false"}) {
            application().withPropertyValues(property).run(context -> assertThat(context)
                    .doesNotHaveBean(Coordination.class).doesNotHaveBean(SessionKeeper.class)
                    .doesNotHaveBean(LeaderOnlyPostProcessor.class).doesNotHaveBean(LockRegistry.class));
        }
        application().withPropertyValues("roster.coordination.lock-registry.enabled=false").run(
                context -> assertThat(context).hasSingleBean(Coordination.class).doesNotHaveBean(LockRegistry.class));
    }

    @Test
    void worksWithoutSpringIntegration() {
        application().withClassLoader(new FilteredClassLoader("org.springframework.integration"))
                .run(context -> assertThat(context).hasNotFailed().hasSingleBean(Coordination.class)
                        .doesNotHaveBean("rosterLockRegistry"));
    }

    @Test
    void leavesTheLockRegistryOfTheApplication() {
        application().withUserConfiguration(OwnRegistry.class).run(context -> assertThat(context)
                .hasSingleBean(LockRegistry.class).doesNotHaveBean(RosterLockRegistry.class));
    }

    @Test
    void refusesATimeToLiveThatTheServerWouldRefuse() {
        application().withPropertyValues("roster.coordination.session-ttl=500ms")
                .run(context -> assertThat(context).hasFailed());
    }

    @Test
    void mapsEveryProperty() {
        RosterCoordinationProperties properties = new Binder(new MapConfigurationPropertySource(
                Map.of("roster.coordination.enabled", "false", "roster.coordination.namespace", "n",
                        "roster.coordination.session-ttl", "7s", "roster.coordination.session-name", "s",
                        "roster.coordination.leader.election", "e", "roster.coordination.leader.value", "v",
                        "roster.coordination.lock-registry.enabled", "false",
                        "roster.coordination.lock-registry.prefix", "p")))
                .bind("roster.coordination", RosterCoordinationProperties.class).get();

        assertThat(properties).isEqualTo(new RosterCoordinationProperties(false, "n", Duration.ofSeconds(7), "s",
                new RosterCoordinationProperties.Leader("e", "v"),
                new RosterCoordinationProperties.LockRegistry(false, "p")));
    }

    @Test
    void namesLocksByAnyKey() {
        application().withPropertyValues("roster.coordination.lock-registry.prefix=orders:").run(context -> {
            RosterLockRegistry registry = context.getBean(RosterLockRegistry.class);

            assertThat(registry.obtain(7L).name()).isEqualTo("orders:7");
            assertThat(registry.obtain("a/b c").name()).hasSize(64).matches("[0-9a-f]+");
            assertThat(registry.obtain("a/b c")).isSameAs(registry.obtain("a/b c"))
                    .isNotSameAs(registry.obtain("a/b d"));
        });
    }

    @Test
    void runsNothingThatIsForTheLeaderWhileNobodyCanBeAsked() {
        application().withUserConfiguration(Jobs.class).run(context -> {
            Job job = context.getBean(Job.class);

            assertThat(AopUtils.isCglibProxy(job)).isTrue();
            assertThat(job.lead()).isNull();
            job.leadElsewhere();
            job.everywhere();

            assertThat(context.getBean(AtomicInteger.class)).hasValue(100);
            Coordination coordination = context.getBean(Coordination.class);
            assertThat(coordination.election("orders").isLeader()).isFalse();
            assertThat(coordination.election("orders").fencingToken()).isEmpty();
            assertThat(context.getBean(LeaderOnlyMethods.class).election(
                    Job.class.getMethod("leadElsewhere").getAnnotation(LeaderOnly.class))).isEqualTo("orders-special");
        });
    }

    @Test
    void refusesAMethodForTheLeaderThatHasToReturnANumber() {
        application().withUserConfiguration(WrongJob.class).run(context -> assertThat(context).hasFailed()
                .getFailure().rootCause().hasMessageContaining("has to return void or an object"));
    }

    @Test
    void asksForTheNameOfAnElection() {
        application().withPropertyValues("spring.application.name=").withUserConfiguration(Jobs.class)
                .run(context -> assertThat(context).hasFailed().getFailure().rootCause()
                        .hasMessageContaining("roster.coordination.leader.election"));
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnRegistry {
        @Bean
        LockRegistry<Lock> ownLockRegistry() {
            return key -> new ReentrantLock();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Jobs {
        @Bean
        AtomicInteger runs() {
            return new AtomicInteger();
        }

        @Bean
        Job job(AtomicInteger runs) {
            return new Job(runs);
        }
    }

    static class Job {
        private final AtomicInteger runs;

        Job(AtomicInteger runs) {
            this.runs = runs;
        }

        @LeaderOnly
        public String lead() {
            runs.incrementAndGet();
            return "led";
        }

        @LeaderOnly("${spring.application.name}-special")
        public void leadElsewhere() {
            runs.incrementAndGet();
        }

        public void everywhere() {
            runs.addAndGet(100);
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class WrongJob {
        @LeaderOnly
        public int count() {
            return 1;
        }
    }
}
