package dev.roster.server.boot;

import dev.roster.console.ConsoleConfiguration;
import dev.roster.server.cluster.ClusterView;
import dev.roster.server.cluster.RestoreSeed;
import java.security.SecureRandom;
import java.time.InstantSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;

/** What all parts share: time, randomness, the checks before the start and the report after it; and the console. */
@Configuration(proxyBeanMethods = false)
@Import(ConsoleConfiguration.class)
class ServerConfiguration {

    /** Before any other bean is made, so that a refused server has opened nothing. */
    @Bean
    static BeanFactoryPostProcessor protectedMode(Environment environment) {
        return _ -> ProtectedMode.check(environment);
    }

    @Bean
    InstantSource clock() {
        return InstantSource.system();
    }

    @Bean
    SecureRandom secureRandom() {
        return new SecureRandom();
    }

    @Bean
    StartReport startReport(DataDirectory data) {
        return new StartReport(data);
    }

    @Bean
    ApplicationListener<ApplicationReadyEvent> startAnnouncer(StartReport report, ObjectProvider<FirstAdminTask> task,
            Environment environment) {
        return event -> {
            if (task.getIfAvailable() == null) {
                report.open();
            }
            report.listening(url(event, environment));
        };
    }

    @Bean
    ReadinessIndicator clusterHealthIndicator(ClusterView cluster, ObjectProvider<FirstAdminTask> task,
            RestoreSeed seed) {
        FirstAdminTask firstAdmin = task.getIfAvailable();
        return new ReadinessIndicator(cluster,
                () -> seed.isSettled() && (firstAdmin == null || firstAdmin.isSettled()));
    }

    private static String url(ApplicationReadyEvent event, Environment environment) {
        String address = environment.getProperty("server.address", "127.0.0.1");
        int port = event.getApplicationContext() instanceof WebServerApplicationContext context
                && context.getWebServer() != null ? context.getWebServer().getPort() : 0;
        return (ProtectedMode.hasTls(environment) ? "https://" : "http://") + address + ":" + port;
    }
}
