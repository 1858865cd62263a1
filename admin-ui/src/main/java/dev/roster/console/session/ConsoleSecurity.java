package dev.roster.console.session;

import dev.roster.console.gateway.Gateway;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Executor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.web.DefaultRedirectStrategy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.AccessDeniedHandlerImpl;
import org.springframework.security.web.authentication.AuthenticationSuccessHandler;
import org.springframework.security.web.authentication.ForwardAuthenticationFailureHandler;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.header.HeaderWriterFilter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.header.writers.CrossOriginOpenerPolicyHeaderWriter.CrossOriginOpenerPolicy;
import org.springframework.security.web.header.writers.CrossOriginResourcePolicyHeaderWriter.CrossOriginResourcePolicy;
import org.springframework.security.web.savedrequest.NullRequestCache;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** The console's filter chain. It answers for {@code /} and {@code /console} only; the API has a chain of its own. */
@Configuration(proxyBeanMethods = false)
class ConsoleSecurity {
    /** After the chains of the API and the Actuator. */
    static final int ORDER = 100;
    static final String REFUSED_PAGE = "/console/problem/refused";
    /** Nothing from elsewhere, nothing inline: an injected script or style would not run. */
    private static final String CONTENT_SECURITY_POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; "
            + "img-src 'self' data:; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

    @Bean
    SessionTokens consoleSessionTokens(Gateway gateway) {
        Executor background = task -> Thread.ofVirtual().name("console-revoke").start(task);
        return new SessionTokens(gateway, background);
    }

    @Bean
    @Order(ORDER)
    SecurityFilterChain consoleFilterChain(HttpSecurity http, Gateway gateway, SessionTokens tokens) throws Exception {
        DefaultRedirectStrategy redirects = new DefaultRedirectStrategy();
        AuthenticationSuccessHandler signedIn = (request, response, user) -> redirects.sendRedirect(request, response,
                Destination.checked(request.getParameter("to")));
        return http.securityMatcher("/", "/console", "/console/**")
                .authenticationManager(new ProviderManager(new SignInProvider(gateway)))
                .authorizeHttpRequests(
                        requests -> requests.dispatcherTypeMatchers(DispatcherType.FORWARD, DispatcherType.ERROR)
                                .permitAll().requestMatchers("/", SignInController.PAGE, "/console/assets/**",
                                        "/console/preferences")
                                .permitAll().anyRequest().authenticated())
                .formLogin(form -> form.loginPage(SignInController.PAGE).successHandler(signedIn)
                        .failureHandler(new ForwardAuthenticationFailureHandler(SignInController.FAILED)))
                .logout(logout -> logout.logoutUrl("/console/sign-out").addLogoutHandler(tokens)
                        .logoutSuccessUrl(SignInController.PAGE + "?left"))
                .requestCache(cache -> cache.requestCache(new NullRequestCache()))
                .exceptionHandling(exceptions -> exceptions
                        .authenticationEntryPoint((request, response, e) -> redirects.sendRedirect(request, response,
                                signInFor(request)))
                        .accessDeniedHandler(refusedPage()))
                .csrf(csrf -> csrf.csrfTokenRepository(csrfTokens()))
                .addFilterAfter(new CrossSiteArrivalFilter(), HeaderWriterFilter.class)
                .headers(ConsoleSecurity::headers).build();
    }

    @Bean
    WebMvcConfigurer consoleRosterArguments(Gateway gateway) {
        return new WebMvcConfigurer() {
            @Override
            public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
                resolvers.add(new RosterArgumentResolver(gateway));
            }
        };
    }

    private static void headers(HeadersConfigurer<HttpSecurity> headers) {
        headers.cacheControl(cache -> cache.disable()).addHeaderWriter((request, response) -> {
            // Spring Security's own writer gives way to the Expires header that Jetty adds to every cookie.
            if (!response.containsHeader(HttpHeaders.CACHE_CONTROL)) {
                response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
            }
        }).contentSecurityPolicy(policy -> policy.policyDirectives(CONTENT_SECURITY_POLICY))
                .referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.SAME_ORIGIN))
                .permissionsPolicyHeader(
                        permissions -> permissions.policy("camera=(), microphone=(), geolocation=(), payment=()"))
                .crossOriginOpenerPolicy(opener -> opener.policy(CrossOriginOpenerPolicy.SAME_ORIGIN))
                .crossOriginResourcePolicy(resource -> resource.policy(CrossOriginResourcePolicy.SAME_ORIGIN));
    }

    private static String signInFor(HttpServletRequest request) {
        String to = Destination.of(request);
        return Destination.START.equals(to)
                ? SignInController.PAGE
                : SignInController.PAGE + "?to=" + URLEncoder.encode(to, StandardCharsets.UTF_8);
    }

    private static AccessDeniedHandlerImpl refusedPage() {
        AccessDeniedHandlerImpl handler = new AccessDeniedHandlerImpl();
        handler.setErrorPage(REFUSED_PAGE);
        return handler;
    }

    private static CookieCsrfTokenRepository csrfTokens() {
        CookieCsrfTokenRepository tokens = new CookieCsrfTokenRepository();
        tokens.setCookieName("ROSTER_CSRF");
        tokens.setCookieCustomizer(cookie -> cookie.sameSite("Strict"));
        return tokens;
    }
}
