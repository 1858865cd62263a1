package dev.roster.server.web;

import dev.roster.server.security.Authenticator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.AnonymousAuthenticationFilter;
import org.springframework.security.web.context.RequestAttributeSecurityContextRepository;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.security.web.firewall.RequestRejectedHandler;
import org.springframework.stereotype.Component;

/**
 * The filters in front of the API and of Actuator: no session, no cookie, so nothing for a foreign page to ride on; every
 * request shows its credentials. What a role may do is decided later, by {@link RequiresRole}.
 */
@Component
public final class ApiSecurity {

    /** Paths that answer without credentials: what a probe asks, and the description of the API. */
    private static final String[] OPEN = {"/actuator/health", "/actuator/health/liveness",
            "/actuator/health/readiness", "/api/v1/openapi"};

    private static final String CONTENT_POLICY = "default-src 'none'; frame-ancestors 'none'";

    /** What the chain adds to every answer that comes through it, for those that do not. */
    static final Map<String, String> ANSWER_HEADERS = Map.of("Cache-Control", "no-store", "X-Content-Type-Options",
            "nosniff", "X-XSS-Protection", "0", "X-Frame-Options", "DENY", "Content-Security-Policy", CONTENT_POLICY);

    /** The same for answers that go out by TLS. */
    static final Map<String, String> SECURE_ANSWER_HEADERS = withTransportSecurity();

    private final ProblemTable table;
    private final ProblemWriter problems;

    ApiSecurity(ProblemTable table, ProblemWriter problems) {
        this.table = table;
        this.problems = problems;
    }

    private static Map<String, String> withTransportSecurity() {
        Map<String, String> headers = new LinkedHashMap<>(ANSWER_HEADERS);
        headers.put("Strict-Transport-Security", "max-age=31536000 ; includeSubDomains");
        return Map.copyOf(headers);
    }

    /** Builds the chain. */
    public SecurityFilterChain chain(HttpSecurity http, Authenticator authenticator) {
        SecurityContextRepository contexts = new RequestAttributeSecurityContextRepository();
        return http.securityMatcher(ApiPaths.PATTERNS).csrf(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable).requestCache(AbstractHttpConfigurer::disable)
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .securityContext(context -> context.securityContextRepository(contexts))
                .addFilterBefore(new CallerAuthenticationFilter(authenticator, contexts, table, problems),
                        AnonymousAuthenticationFilter.class)
                .authorizeHttpRequests(
                        rules -> rules.requestMatchers(HttpMethod.GET, OPEN).permitAll().anyRequest().authenticated())
                .exceptionHandling(failures -> failures
                        .authenticationEntryPoint((request, response, e) -> problems.write(request, response,
                                ProblemReport.of(ProblemKind.UNAUTHENTICATED,
                                        "Send a token (Authorization: Bearer …) or name and password (Basic)")))
                        .accessDeniedHandler((request, response, e) -> problems.write(request, response,
                                ProblemReport.of(ProblemKind.FORBIDDEN, "The request is not allowed"))))
                .headers(headers -> headers.cacheControl(cache -> cache.disable())
                        .addHeaderWriter((request, response) -> {
                            if (!response.containsHeader("Cache-Control")) {
                                response.setHeader("Cache-Control", "no-store");
                            }
                        }).contentSecurityPolicy(
                                policy -> policy.policyDirectives(CONTENT_POLICY)))
                .build();
    }

    /** Answers requests whose path or headers Spring Security finds suspicious, before any chain. */
    public RequestRejectedHandler rejections() {
        return (request, response, e) -> problems.write(request, response,
                ProblemReport.ofRefusedPath(request.getRequestURI()));
    }

    /** Names under which a browser on this machine reaches the server; others are foreign pages in disguise. */
    public static List<String> localNames() {
        return List.of("localhost", "127.0.0.1", "[::1]", "::1");
    }
}
