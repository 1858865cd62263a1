package dev.roster.server.web;

import dev.roster.server.security.AuditLog;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.webmvc.autoconfigure.WebMvcRegistrations;
import org.springframework.stereotype.Component;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Tells Spring MVC of what every handler below {@code /api} goes through. */
@Component
final class ApiMvc implements WebMvcConfigurer, WebMvcRegistrations {
    /** Requests are short, but for those that wait. */
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final AuditLog audit;
    private final Shares requests;

    ApiMvc(AuditLog audit, CallerLimits limits, MeterRegistry meters) {
        this.audit = audit;
        this.requests = new Shares("requests", limits.maxRequests(), RETRY_AFTER, meters);
    }

    @Override
    public RequestMappingHandlerMapping getRequestMappingHandlerMapping() {
        return new SegmentedHandlerMapping();
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(new ShareInterceptor(requests)).addPathPatterns("/api/**");
        registry.addInterceptor(new AuditInterceptor(audit)).addPathPatterns("/api/**");
        registry.addInterceptor(new RoleInterceptor()).addPathPatterns("/api/**");
    }

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(new ApiArguments());
    }
}
