package dev.roster.server.web;

import dev.roster.server.security.Caller;
import dev.roster.server.security.UnauthenticatedException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/** Decides, in this one place, whether the role of a caller is enough for a handler. */
final class RoleInterceptor implements HandlerInterceptor {
    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (handler instanceof HandlerMethod method && !isSpringsOwn(method)) {
            RequiresRole rule = method.getMethodAnnotation(RequiresRole.class);
            if (rule != null) {
                caller().require(rule.value());
            } else if (!method.hasMethodAnnotation(OpenToAll.class)) {
                throw new IllegalStateException("no role declared for " + method);
            }
        }
        return true;
    }

    /** Spring answers {@code OPTIONS} by a handler of its own, which tells the methods of a path and nothing else. */
    private static boolean isSpringsOwn(HandlerMethod method) {
        return method.getBeanType().getPackageName().startsWith("org.springframework.web.");
    }

    private static Caller caller() {
        return CallerAuthentication.current()
                .orElseThrow(() -> new UnauthenticatedException("Valid credentials are needed"));
    }
}
