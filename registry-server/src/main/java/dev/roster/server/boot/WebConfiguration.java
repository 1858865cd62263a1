package dev.roster.server.boot;

import dev.roster.server.store.Store;
import dev.roster.server.web.CallerLimits;
import dev.roster.server.web.ProblemWriter;
import dev.roster.server.web.RevisionSource;
import dev.roster.server.web.Shortcuts;
import dev.roster.server.web.StrictJson;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.ServerConnector;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.jackson.autoconfigure.JsonFactoryBuilderCustomizer;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.boot.jetty.ConfigurableJettyWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.function.SingletonSupplier;

/** Connects the plumbing of the edges with Jetty, Jackson and the store. */
@Configuration(proxyBeanMethods = false)
class WebConfiguration {

    /**
     * Connections that wait until they are accepted, as far as the system allows (Linux: net.core.somaxconn). With the 50 of the JDK
     * the system drops some of a thousand that come at once, and their clients try again only after a second.
     */
    private static final int ACCEPT_QUEUE = 4096;

    @Bean
    RevisionSource revisionSource(Store store) {
        return () -> store.view().revision().value();
    }

    @Bean
    CallerLimits callerLimits(RosterProperties properties) {
        return new CallerLimits(properties.caller().maxRequests());
    }

    @Bean
    JsonFactoryBuilderCustomizer strictParser() {
        return StrictJson::configure;
    }

    @Bean
    JsonMapperBuilderCustomizer strictMapper() {
        return StrictJson::configure;
    }

    @Bean
    WebServerFactoryCustomizer<ConfigurableJettyWebServerFactory> acceptQueue() {
        return factory -> factory.addServerCustomizers(server -> {
            for (Connector connector : server.getConnectors()) {
                if (connector instanceof ServerConnector network) {
                    network.setAcceptQueueSize(ACCEPT_QUEUE);
                }
            }
        });
    }

    @Bean
    WebServerFactoryCustomizer<ConfigurableJettyWebServerFactory> jettyProblems(ProblemWriter problems) {
        return factory -> factory
                .addServerCustomizers(server -> server.setErrorHandler(new JettyProblems(problems)));
    }

    @Bean
    WebServerFactoryCustomizer<ConfigurableJettyWebServerFactory> jettyShortcuts(ObjectProvider<Shortcuts> shortcuts,
            ObjectProvider<MeterRegistry> meters) {
        return factory -> factory.addServerCustomizers(
                server -> server.setHandler(new ShortcutHandler(server.getHandler(),
                        SingletonSupplier.of(shortcuts::getObject), SingletonSupplier.of(meters::getObject))));
    }
}
