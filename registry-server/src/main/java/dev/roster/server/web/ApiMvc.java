package dev.roster.server.web;

import dev.roster.server.security.AuditLog;
import java.util.List;
import org.springframework.stereotype.Component;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Tells Spring MVC of what every handler below {@code /api} goes through. */
@Component
final class ApiMvc implements WebMvcConfigurer {
    private final AuditLog audit;

    ApiMvc(AuditLog audit) {
        this.audit = audit;
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(new AuditInterceptor(audit)).addPathPatterns("/api/**");
        registry.addInterceptor(new RoleInterceptor()).addPathPatterns("/api/**");
    }

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(new ApiArguments());
    }
}
