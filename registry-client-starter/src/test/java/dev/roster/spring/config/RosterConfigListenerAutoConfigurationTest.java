package dev.roster.spring.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.spring.testing.Contexts;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Methods that are told of items: present, disabled. Nothing is connected. */
class RosterConfigListenerAutoConfigurationTest {

    @TempDir
    Path lastGood;

    @Test
    void looksForListeners() {
        Contexts.of(lastGood).run(context -> assertThat(context).hasSingleBean(ConfigListeners.class));
    }

    @Test
    void looksForNoneWhenSwitchedOff() {
        for (String property : List.of("roster.config.enabled=false", "roster.client.enabled=false")) {
            Contexts.of(lastGood).withPropertyValues(property)
                    .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(ConfigListeners.class));
        }
    }
}
