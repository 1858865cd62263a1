package dev.roster.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

class ConsolePropertiesTest {
    private final ApplicationContextRunner runner = new ApplicationContextRunner().withUserConfiguration(Bound.class);

    @Test
    void haveDefaults() {
        runner.run(context -> assertThat(context.getBean(ConsoleProperties.class))
                .isEqualTo(new ConsoleProperties(true, null, Duration.ofMinutes(30))));
    }

    @Test
    void areBound() {
        runner.withPropertyValues("roster.console.enabled=false",
                "roster.console.server-url=https://roster.example.org",
                "roster.console.session-timeout=1h")
                .run(context -> assertThat(context.getBean(ConsoleProperties.class)).isEqualTo(new ConsoleProperties(
                        false, URI.create("https://roster.example.org"), Duration.ofHours(1))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"roster.console.server-url=roster.example.org", "roster.console.server-url=ftp://host",
            "roster.console.server-url=/path", "roster.console.session-timeout=59s",
            "roster.console.session-timeout=13h"})
    void areRefusedWhenTheyCannotWork(String property) {
        runner.withPropertyValues(property).run(context -> assertThat(context).hasFailed().getFailure().rootCause()
                .hasMessageContaining(property.substring(0, property.indexOf('='))).hasMessageContaining("expected"));
    }

    @Test
    void leaveTheConsoleOut() {
        new ApplicationContextRunner().withUserConfiguration(ConsoleConfiguration.class)
                .withPropertyValues("roster.console.enabled=false")
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(ConsoleProperties.class));
    }

    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties(ConsoleProperties.class)
    static class Bound {}
}
