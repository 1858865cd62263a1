package dev.roster.server.boot;

import dev.roster.server.cluster.RestoreSeed;
import dev.roster.server.security.AuditLog;
import dev.roster.server.security.AuditSink;
import dev.roster.server.security.Authenticator;
import dev.roster.server.security.FirstAdmin;
import dev.roster.server.security.PasswordFile;
import dev.roster.server.security.PasswordHasher;
import dev.roster.server.security.StoreAuthenticator;
import dev.roster.server.security.Tokens;
import dev.roster.server.security.Users;
import dev.roster.server.store.Store;
import dev.roster.server.web.ApiSecurity;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.firewall.RequestRejectedHandler;
import org.springframework.security.web.firewall.StrictHttpFirewall;

/** Connects the security feature with the store and with Spring Security. */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {
    private static final String PASSWORD_FILE = "admin-password";

    @Bean
    AuditLog auditLog(AuditSink sink) {
        return new AuditLog(sink);
    }

    @Bean
    PasswordHasher passwordHasher(SecureRandom random) {
        return new PasswordHasher(random, PasswordHasher.ITERATIONS);
    }

    @Bean
    Users users(Store store, PasswordHasher hasher, InstantSource clock) {
        return new Users(store, hasher, clock);
    }

    @Bean
    Tokens tokens(Store store, SecureRandom random, InstantSource clock) {
        return new Tokens(store, random, clock);
    }

    /** Before the console, whose chain takes every other path. */
    @Bean
    @Order(10)
    SecurityFilterChain apiSecurityChain(HttpSecurity http, ApiSecurity api, Authenticator authenticator) {
        return api.chain(http, authenticator);
    }

    /** The request is observed as a whole; what each filter takes of it costs more than some of the requests. */
    @Bean
    SecurityObservationSettings securityObservations() {
        return SecurityObservationSettings.noObservations();
    }

    @Bean
    RequestRejectedHandler requestRejectedHandler(ApiSecurity api) {
        return api.rejections();
    }

    /** With security, which is the default. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnProperty(name = "roster.security.enabled", havingValue = "true", matchIfMissing = true)
    static class Secured {

        /** Half of the processors check passwords at most, so that the rest of the server goes on. */
        @Bean
        Authenticator authenticator(Store store, Tokens tokens, PasswordHasher hasher, AuditLog audit,
                SecureRandom random, InstantSource clock) {
            int permits = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
            return new StoreAuthenticator(store, tokens, hasher, audit, random, clock, permits);
        }

        @Bean
        FirstAdminTask firstAdminTask(Store store, PasswordHasher hasher, RosterProperties properties,
                DataDirectory data, SecureRandom random, InstantSource clock, StartReport report, RestoreSeed seed) {
            Path given = properties.security().adminPasswordFile();
            PasswordFile file = given == null
                    ? PasswordFile.generated(data.path().resolve(PASSWORD_FILE), random)
                    : PasswordFile.given(given, random);
            return new FirstAdminTask(seed::isSettled, new FirstAdmin(store, hasher, file, clock), report);
        }
    }

    /** Without. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnProperty(name = "roster.security.enabled", havingValue = "false")
    static class Open {

        @Bean
        Authenticator authenticator() {
            return Authenticator.open();
        }

        /**
         * Loopback keeps other machines out, but not the browser on this one: a foreign page could have its name point here
         * and use the API as its own. So only requests that name this machine are served.
         */
        @Bean
        HttpFirewall localNamesOnly() {
            StrictHttpFirewall firewall = new StrictHttpFirewall();
            firewall.setAllowedHostnames(ApiSecurity.localNames()::contains);
            return firewall;
        }
    }
}
