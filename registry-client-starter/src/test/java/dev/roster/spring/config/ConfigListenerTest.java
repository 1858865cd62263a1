package dev.roster.spring.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.roster.api.config.ConfigFormat;
import dev.roster.api.config.ConfigItem;
import dev.roster.api.watch.ConfigState;
import dev.roster.spring.client.RosterClientAutoConfiguration;
import dev.roster.spring.testing.Applications;
import dev.roster.spring.testing.FakeRoster;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Methods that are called with items as they were written. */
@ExtendWith(OutputCaptureExtension.class)
class ConfigListenerTest {
    private static final Duration SOON = Duration.ofSeconds(10);

    @RegisterExtension
    final Applications applications = new Applications();

    private final FakeRoster roster = applications.roster();

    private ApplicationContextRunner application(Class<?> listener) {
        return new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(RosterClientAutoConfiguration.class,
                        RosterConfigListenerAutoConfiguration.class))
                .withUserConfiguration(listener).withPropertyValues("spring.application.name=orders",
                        "roster.client.addresses=" + roster.address(),
                        "roster.client.last-good.directory=" + applications.lastGood());
    }

    @Test
    void areToldTheItemAndItsChanges() {
        roster.publish("rules", "text", "allow all").publish("shared/words", "text", "a b");
        application(Listeners.class).run(context -> {
            Listeners listeners = context.getBean(Listeners.class);
            await().atMost(SOON).until(() -> listeners.rules.size() == 1 && listeners.words.size() == 1);

            roster.publish("rules", "text", "allow none");
            await().atMost(SOON).until(() -> listeners.rules.size() == 2);
            roster.delete("rules");
            await().atMost(SOON).until(() -> listeners.rules.size() == 3);

            assertThat(listeners.rules).containsExactly("allow all", "allow none", "none");
            assertThat(listeners.words).containsExactly("words version 1: a b");
        });
    }

    @Test
    void areToldOnlyTheNewestStateWhenTheyAreSlow() throws Exception {
        Queue<Runnable> calls = new ArrayDeque<>();
        Failing bean = new Failing();
        ConfigListenerMethod listener = new ConfigListenerMethod(bean,
                Failing.class.getDeclaredMethod("onRules", String.class), calls::add);

        listener.accept(state("1"));
        listener.accept(state("2"));
        listener.accept(state("3"));
        assertThat(calls).hasSize(1);
        calls.remove().run();
        listener.accept(state("4"));
        calls.remove().run();

        assertThat(calls).isEmpty();
        assertThat(bean.told).containsExactly("3", "4");
    }

    private static ConfigState state(String content) {
        return new ConfigState("default", "rules", new ConfigItem("default", "rules", ConfigFormat.TEXT, content, 1, "",
                null, Instant.parse("2026-01-02T03:04:05Z"), "test", 1));
    }

    @Test
    void areCalledAgainAfterAFailure(CapturedOutput output) {
        roster.publish("rules", "text", "bad");
        application(Failing.class).run(context -> {
            Failing failing = context.getBean(Failing.class);
            await().atMost(SOON).untilAsserted(() -> assertThat(output).contains("failed on configuration 'rules'"));

            roster.publish("rules", "text", "good");

            await().atMost(SOON).until(() -> failing.told.contains("good"));
        });
    }

    @Test
    void areLeftAloneWhenSwitchedOff() {
        application(Listeners.class).withPropertyValues("roster.config.enabled=false")
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(ConfigListeners.class));
        application(Listeners.class).withPropertyValues("roster.client.enabled=false")
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(ConfigListeners.class));
    }

    @Test
    void areRefusedWhenTheyCannotBeToldOfAnItem() {
        application(WrongParameter.class).run(context -> assertThat(context).getFailure()
                .hasMessageContaining("expected one parameter, of type String or ConfigItem"));
        application(WrongName.class).run(
                context -> assertThat(context).getFailure().hasMessageContaining("no item can be called 'not a name'"));
    }

    static class Listeners {
        private final List<String> rules = new CopyOnWriteArrayList<>();
        private final List<String> words = new CopyOnWriteArrayList<>();

        @RosterConfigListener("${rules.item:rules}")
        void onRules(String content) {
            rules.add(content == null ? "none" : content);
        }

        @RosterConfigListener("shared/words")
        public void onWords(ConfigItem item) {
            words.add(item.name() + " version " + item.version() + ": " + item.content());
        }
    }

    static class Failing {
        private final List<String> told = new CopyOnWriteArrayList<>();

        @RosterConfigListener("rules")
        void onRules(String content) {
            if (content.equals("bad")) {
                throw new IllegalStateException("bad rules");
            }
            told.add(content);
        }
    }

    static class WrongParameter {
        @RosterConfigListener("rules")
        void onRules(int content) {}
    }

    static class WrongName {
        @RosterConfigListener("not a name")
        void onRules(String content) {}
    }
}
