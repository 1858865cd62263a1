package dev.roster.server.web;

import dev.roster.server.security.AuditContext;
import dev.roster.server.security.AuditLog;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;

/** Writes calls of {@link Audited} handlers to the audit log, with what came of them. */
final class AuditInterceptor implements HandlerInterceptor {
    private final AuditLog audit;

    AuditInterceptor(AuditLog audit) {
        this.audit = audit;
    }

    /** So that what the handler changes is stored with its entry. */
    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        Audited audited = handler instanceof HandlerMethod method ? method.getMethodAnnotation(Audited.class) : null;
        if (audited != null) {
            CallerAuthentication.current().ifPresent(caller -> AuditContext.begin(caller, audited.value(),
                    target(request), MDC.get("requestId")));
        }
        return true;
    }

    @Override
    public void afterCompletion(HttpServletRequest request, HttpServletResponse response, Object handler,
            @Nullable Exception exception) {
        Audited audited = handler instanceof HandlerMethod method ? method.getMethodAnnotation(Audited.class) : null;
        if (audited != null) {
            String problem = exception == null ? ProblemWriter.codeOf(request) : ProblemKind.INTERNAL_ERROR.code();
            AuditContext.current().ifPresent(act -> audit.record(act, problem == null ? AuditLog.DONE : problem));
            AuditContext.end();
        }
    }

    private static Map<String, String> target(HttpServletRequest request) {
        Map<String, String> target = new TreeMap<>();
        if (request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE) instanceof Map<?, ?> variables) {
            variables.forEach((name, value) -> target.put(String.valueOf(name), String.valueOf(value)));
        }
        return target;
    }
}
