package dev.roster.server.boot;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration;

/**
 * The server. Its settings come from {@code roster.yaml} (in the working directory or its folder {@code config}), the
 * environment and the command line. The file is not called {@code application.yaml} so that a server that a test starts
 * within an application never mixes its settings with those of the application.
 */
@SpringBootApplication(scanBasePackages = {"dev.roster.server.boot", "dev.roster.server.web",
        "dev.roster.server.api"}, exclude = UserDetailsServiceAutoConfiguration.class, proxyBeanMethods = false)
@EnableConfigurationProperties(RosterProperties.class)
public class RosterServer {

    /** Runs the server until it is stopped, or a command of {@link OperatorCommand} if the first argument is its name. */
    public static void main(String[] args) {
        if (OperatorCommand.isNamedBy(args)) {
            System.exit(new OperatorCommand(System.out, System.err).run(args));
        }
        builder().run(args);
    }

    /** Returns the server, ready to be run with further settings by whoever embeds it. */
    public static SpringApplicationBuilder builder() {
        return new SpringApplicationBuilder(RosterServer.class).properties("spring.config.name=roster");
    }
}
