package dev.roster.console.fake;

import dev.roster.console.ConsoleConfiguration;
import dev.roster.console.gateway.Gateway;
import java.time.InstantSource;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;

/**
 * Runs the console on sample data, to look at pages: port 7480, users {@code admin}, {@code mira} (editor) and
 * {@code reader}, each with the password {@code correct horse battery}.
 */
@EnableAutoConfiguration(exclude = UserDetailsServiceAutoConfiguration.class)
@Import(ConsoleConfiguration.class)
public class ConsoleOnSampleData {

    public static void main(String[] args) {
        SpringApplication application = new SpringApplication(ConsoleOnSampleData.class);
        application.setDefaultProperties(Map.of("server.address", "127.0.0.1", "server.port", "7480"));
        application.run(args);
    }

    @Bean
    @Primary
    Gateway sampleGateway() {
        FakeRoster server = new FakeRoster(InstantSource.system());
        SampleData.fill(server);
        return server;
    }
}
