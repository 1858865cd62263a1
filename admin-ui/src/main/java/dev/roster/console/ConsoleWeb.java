package dev.roster.console;

import dev.roster.console.layout.Languages;
import dev.roster.console.gateway.ServerAddress;
import dev.roster.console.layout.Moments;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.jetty.servlet.JettyServletWebServerFactory;
import org.springframework.boot.web.server.Cookie;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.boot.web.server.servlet.Session;
import org.springframework.context.MessageSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.ResourceBundleMessageSource;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.CacheControl;
import org.springframework.web.servlet.LocaleResolver;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** What the console needs of the web application around it. */
@Configuration(proxyBeanMethods = false)
class ConsoleWeb implements WebMvcConfigurer {
    /** A configuration item of 1 MiB whose every byte is percent-encoded in a form, and the fields beside it. */
    private static final int MAX_FORM_BYTES = 4 * 1024 * 1024;

    @Override
    public void addResourceHandlers(ResourceHandlerRegistry registry) {
        // Archives carry one fixed time, so only the content can tell whether a browser's copy is current.
        registry.addResourceHandler("/console/assets/**").addResourceLocations("classpath:/console/assets/")
                .setCacheControl(CacheControl.noCache()).setUseLastModified(false).setEtagGenerator(new AssetTags());
    }

    /** Named as Spring looks it up; the server has no messages of its own. */
    @Bean("messageSource")
    MessageSource messageSource() {
        ResourceBundleMessageSource messages = new ResourceBundleMessageSource();
        messages.setBasename("dev/roster/console/messages");
        messages.setDefaultEncoding(StandardCharsets.UTF_8.name());
        messages.setFallbackToSystemLocale(false);
        messages.setAlwaysUseMessageFormat(true);
        return messages;
    }

    /** Named as Spring MVC looks it up. */
    @Bean("localeResolver")
    LocaleResolver localeResolver() {
        return Languages.resolver();
    }

    @Bean("consoleMoments")
    Moments consoleMoments(MessageSource messages, ObjectProvider<InstantSource> clock) {
        return new Moments(messages, clock.getIfUnique(InstantSource::system));
    }

    @Bean
    ServerAddress consoleServerAddress(ConsoleProperties properties, ServerProperties server) {
        return new ServerAddress(properties.serverUrl(), server);
    }

    /** After Boot's own, which take the same settings from {@code server.*}. */
    @Bean
    @Order(Ordered.LOWEST_PRECEDENCE)
    WebServerFactoryCustomizer<JettyServletWebServerFactory> consoleServer(ConsoleProperties properties) {
        return factory -> {
            Session session = factory.getSettings().getSession();
            session.setTimeout(properties.sessionTimeout());
            session.getCookie().setName("ROSTER_CONSOLE");
            session.getCookie().setHttpOnly(true);
            session.getCookie().setSameSite(Cookie.SameSite.STRICT);
            factory.addServerCustomizers(new FormSize(MAX_FORM_BYTES));
        };
    }
}
