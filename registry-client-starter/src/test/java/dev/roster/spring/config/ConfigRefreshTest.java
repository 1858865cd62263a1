package dev.roster.spring.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.roster.spring.testing.Applications;
import dev.roster.spring.testing.FakeRoster;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.cloud.context.config.annotation.RefreshScope;
import org.springframework.cloud.context.environment.EnvironmentChangeEvent;
import org.springframework.cloud.context.refresh.ContextRefresher;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;

/** What a publication changes in a running application, and what a wrong one does not. */
@ExtendWith(OutputCaptureExtension.class)
class ConfigRefreshTest {
    private static final Duration SOON = Duration.ofSeconds(10);

    @RegisterExtension
    final Applications applications = new Applications();

    private final FakeRoster roster = applications.roster();

    private ConfigurableApplicationContext run(String... arguments) {
        List<String> all = new ArrayList<>(List.of("--spring.config.import=roster:"));
        all.addAll(List.of(arguments));
        return applications.run(WebApplicationType.NONE, Application.class, all.toArray(String[]::new));
    }

    private static List<RosterConfigEvent> events(ConfigurableApplicationContext context) {
        return context.getBean(Application.class).events;
    }

    private static RosterConfigEvent awaitEvent(ConfigurableApplicationContext context, int number) {
        await().atMost(SOON).until(() -> events(context).size() >= number);
        return events(context).get(number - 1);
    }

    @Test
    void bindsOnlyWhatHasChanged() {
        roster.publish("orders", "greeting.text: one\nlimits.size: 1");
        ConfigurableApplicationContext context = run();
        int greetings = context.getBean(Greeting.class).bound.get();
        int limits = context.getBean(Limits.class).bound.get();

        roster.publish("orders", "greeting.text: two\nlimits.size: 1");

        assertThat(awaitEvent(context, 1))
                .isEqualTo(new RosterConfigEvent.Applied(Map.of("orders", 2L), Set.of("greeting.text")));
        assertThat(context.getBean(Greeting.class).getText()).isEqualTo("two");
        assertThat(context.getBean(Greeting.class).bound).hasValue(greetings + 1);
        assertThat(context.getBean(Limits.class).bound).hasValue(limits);
    }

    @Test
    void bindsWhatRefersToSomethingThatHasChanged() {
        roster.publish("application", "company: Acme").publish("orders", "greeting.text: Hello from ${company}");
        ConfigurableApplicationContext context = run();
        assertThat(context.getBean(Greeting.class).getText()).isEqualTo("Hello from Acme");

        roster.publish("application", "company: Emca");

        assertThat(awaitEvent(context, 1)).isEqualTo(
                new RosterConfigEvent.Applied(Map.of("application", 2L), Set.of("company", "greeting.text")));
        assertThat(context.getBean(Greeting.class).getText()).isEqualTo("Hello from Emca");
    }

    @Test
    void makesNoBeansAnewWhenNoPropertyHasChanged() {
        roster.publish("orders", "greeting.text: one");
        ConfigurableApplicationContext context = run();
        int made = context.getBean(Application.class).scopedMade.get();

        roster.publish("orders", "# a comment\ngreeting:\n  text: one");

        assertThat(awaitEvent(context, 1))
                .isEqualTo(new RosterConfigEvent.Applied(Map.of("orders", 2L), Set.of()));
        assertThat(context.getBean(Application.class).scopedMade).hasValue(made);
    }

    @Test
    void keepsEverythingWhenOneValueIsWrong(CapturedOutput output) {
        roster.publish("orders", "greeting.text: one\nlimits.size: 1");
        ConfigurableApplicationContext context = run();
        Scoped scoped = context.getBean(Scoped.class);

        roster.publish("orders", "greeting.text: two\nlimits:\n  size: many");

        RosterConfigEvent.Rejected rejected = (RosterConfigEvent.Rejected) awaitEvent(context, 1);
        assertThat(rejected.versions()).isEqualTo(Map.of("orders", 2L));
        assertThat(rejected.problems()).containsExactly(new RosterConfigEvent.Problem("limits.size",
                "configuration 'orders' of Roster's namespace 'default', version 2 - 3:9", "expected int"));
        assertThat(context.getBean(Greeting.class).getText()).isEqualTo("one");
        assertThat(context.getBean(Limits.class).getSize()).isEqualTo(1);
        assertThat(scoped.text()).isEqualTo("one");
        assertThat(context.getEnvironment().getProperty("limits.size")).isEqualTo("1");
        assertThat(context.getBean(HealthEndpoint.class).health().getStatus()).isEqualTo(Status.UP);
        assertThat(output)
                .contains("Configuration [orders] was not taken in, the application goes on with what it had: "
                        + "the application does not work with it: limits.size (configuration 'orders'");

        roster.publish("orders", "greeting.text: three\nlimits.size: 3");

        assertThat(awaitEvent(context, 2)).isInstanceOf(RosterConfigEvent.Applied.class);
        assertThat(context.getBean(Limits.class).getSize()).isEqualTo(3);
        assertThat(scoped.text()).isEqualTo("three");
    }

    @Test
    void tellsRosterWhatBecomesOfEachVersion() {
        roster.publish("orders", "limits.size: 1");
        ConfigurableApplicationContext context = run("--roster.config.instance-id=orders-1",
                "--roster.config.labels.tier=test");
        awaitReport("\"name\":\"orders\",\"fetchedVersion\":1,\"appliedVersion\":1,\"errors\":[]");
        assertThat(roster.watches()).last().asString()
                .contains("\"instance\":\"orders-1\"", "\"application\":\"orders\"", "\"tier\":\"test\"");

        roster.publish("orders", "limits:\n  size: secret-and-wrong");
        awaitEvent(context, 1);

        awaitReport("\"name\":\"orders\",\"fetchedVersion\":2,\"appliedVersion\":1,"
                + "\"errors\":[{\"property\":\"limits.size\",\"message\":\"expected int\"}]");
        roster.publish("orders", "limits.size: 3");
        awaitReport("\"name\":\"orders\",\"fetchedVersion\":3,\"appliedVersion\":3,\"errors\":[]");
        assertThat(roster.reports()).allSatisfy(report -> assertThat(report).startsWith("orders-1 ")
                .doesNotContain("secret-and-wrong"));
    }

    @Test
    void tellsNothingWhenThatIsSwitchedOff() {
        roster.publish("orders", "limits.size: 1");

        ConfigurableApplicationContext context = run("--roster.config.reports.enabled=false");

        assertThat(context.getBeanProvider(RosterConfigReports.class).getIfAvailable()).isNull();
        assertThat(roster.reports()).isEmpty();
    }

    private void awaitReport(String part) {
        await().atMost(SOON).untilAsserted(() -> assertThat(roster.reports()).last().asString().contains(part));
    }

    @Test
    void takesInOtherItemsWhileOneIsWrong() {
        roster.publish("application", "greeting.text: one").publish("orders", "limits.size: 1");
        ConfigurableApplicationContext context = run();
        roster.publish("orders", "limits.size: many");
        assertThat(awaitEvent(context, 1)).isInstanceOf(RosterConfigEvent.Rejected.class);

        roster.publish("application", "greeting.text: two");

        assertThat(awaitEvent(context, 2))
                .isEqualTo(new RosterConfigEvent.Applied(Map.of("application", 2L), Set.of("greeting.text")));
        assertThat(context.getBean(Greeting.class).getText()).isEqualTo("two");
        assertThat(context.getBean(Limits.class).getSize()).isEqualTo(1);
        assertThat(context.getBean(RosterConfigSource.class).reports()).filteredOn(report -> report.rejected() != null)
                .singleElement().satisfies(report -> {
                    assertThat(report.item().name()).isEqualTo("orders");
                    assertThat(report.applied()).isEqualTo(1);
                    assertThat(report.current()).isEqualTo(2);
                    assertThat(report.rejected()).isEqualTo(2);
                    assertThat(report.reason()).contains("limits.size");
                });

        roster.delete("orders");
        assertThat(awaitEvent(context, 3))
                .isEqualTo(new RosterConfigEvent.Applied(Map.of("orders", 0L), Set.of("limits.size")));
        assertThat(context.getBean(Limits.class).getSize()).isEqualTo(100);
    }

    @Test
    void keepsEverythingWhenABeanCannotBeMade() {
        roster.publish("orders", "greeting.text: one");
        ConfigurableApplicationContext context = run();
        Scoped scoped = context.getBean(Scoped.class);

        roster.publish("orders", "greeting.text: forbidden");

        assertThat(awaitEvent(context, 1)).isInstanceOfSatisfying(RosterConfigEvent.Rejected.class,
                rejected -> assertThat(rejected.failure()).hasRootCauseMessage("forbidden"));
        assertThat(scoped.text()).isEqualTo("one");
        assertThat(context.getBean(Greeting.class).getText()).isEqualTo("one");
        assertThat(context.getBean(HealthEndpoint.class).health().getStatus()).isEqualTo(Status.UP);
        assertThat(context.getBean(RosterConfigSource.class).reports()).extracting(RosterConfigSource.Report::reason)
                .contains("BeanCreationException, see the log").noneMatch(reason -> reason != null
                        && reason.contains("forbidden"));
    }

    @Test
    void keepsEverythingWhenAListenerRefuses() {
        roster.publish("orders", "greeting.text: one");
        ConfigurableApplicationContext context = run();

        roster.publish("orders", "greeting.text: two\nvetoed: true");

        assertThat(awaitEvent(context, 1)).isInstanceOf(RosterConfigEvent.Rejected.class);
        assertThat(context.getBean(Greeting.class).getText()).isEqualTo("one");
        assertThat(context.getEnvironment().getProperty("vetoed")).isNull();
    }

    @Test
    void refreshesTheSameWayWhenTheApplicationAsksForIt() {
        roster.publish("orders", "greeting.text: one\nlimits.size: 1");
        ConfigurableApplicationContext context = run("--roster.config.refresh.enabled=true");

        assertThat(context.getBean(ContextRefresher.class)).isInstanceOf(RosterContextRefresher.class);
        assertThat(context.getBean(ContextRefresher.class).refresh()).isEmpty();
        assertThat(events(context)).isEmpty();
    }

    @Test
    void saysThatARecordNeedsARestart(CapturedOutput output) {
        roster.publish("orders", "fixed.text: one");
        ConfigurableApplicationContext context = run();

        roster.publish("orders", "fixed.text: two");

        assertThat(awaitEvent(context, 1)).isInstanceOf(RosterConfigEvent.Applied.class);
        assertThat(context.getBean(Fixed.class).text()).isEqualTo("one");
        assertThat(output).contains("Fixed cannot be changed: the new values of fixed take effect with the next start");
    }

    @Test
    void setsAndResetsLoggingLevels() {
        String logger = "dev.roster.spring.levels";
        roster.publish("orders", "logging.level:\n  " + logger + ": debug");
        ConfigurableApplicationContext context = run("--logging.group.mine=" + logger + ".a," + logger + ".b");
        assertThat(LoggerFactory.getLogger(logger).isDebugEnabled()).isTrue();

        roster.publish("orders", "logging.level:\n  " + logger + ": trace\n  mine: error");
        awaitEvent(context, 1);
        assertThat(LoggerFactory.getLogger(logger).isTraceEnabled()).isTrue();
        assertThat(LoggerFactory.getLogger(logger + ".b").isWarnEnabled()).isFalse();

        roster.publish("orders", "logging.level:\n  mine: warn\n  " + logger + ": loud");
        awaitEvent(context, 2);
        assertThat(LoggerFactory.getLogger(logger).isTraceEnabled()).as("a wrong level changes nothing").isTrue();
        assertThat(LoggerFactory.getLogger(logger + ".a").isWarnEnabled()).isTrue();

        roster.publish("orders", "a: 1");
        awaitEvent(context, 3);
        assertThat(LoggerFactory.getLogger(logger).isDebugEnabled()).isFalse();
        assertThat(LoggerFactory.getLogger(logger + ".a").isInfoEnabled()).isTrue();
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @EnableConfigurationProperties({Greeting.class, Limits.class, Fixed.class})
    static class Application {
        final List<RosterConfigEvent> events = new CopyOnWriteArrayList<>();
        final AtomicInteger scopedMade = new AtomicInteger();

        @EventListener
        void on(RosterConfigEvent event) {
            events.add(event);
            throw new IllegalStateException("a listener that fails");
        }

        @EventListener
        void veto(EnvironmentChangeEvent event) {
            if (event.getKeys().contains("vetoed")) {
                throw new IllegalStateException("vetoed");
            }
        }

        @Bean
        @RefreshScope
        Scoped scoped(@Value("${greeting.text:none}") String text) {
            scopedMade.incrementAndGet();
            if (text.equals("forbidden")) {
                throw new IllegalArgumentException(text);
            }
            return new Scoped(text);
        }
    }

    @ConfigurationProperties("greeting")
    static class Greeting implements InitializingBean {
        private final AtomicInteger bound = new AtomicInteger();
        private String text = "default";

        public String getText() {
            return text;
        }

        public void setText(String text) {
            this.text = text;
        }

        @Override
        public void afterPropertiesSet() {
            bound.incrementAndGet();
        }
    }

    @ConfigurationProperties("limits")
    static class Limits implements InitializingBean {
        private final AtomicInteger bound = new AtomicInteger();
        private int size = 100;

        public int getSize() {
            return size;
        }

        public void setSize(int size) {
            this.size = size;
        }

        @Override
        public void afterPropertiesSet() {
            bound.incrementAndGet();
        }
    }

    @ConfigurationProperties("fixed")
    record Fixed(@DefaultValue("default") String text) {}

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
