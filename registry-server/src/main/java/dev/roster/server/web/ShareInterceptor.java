package dev.roster.server.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.servlet.HandlerInterceptor;

/** Bounds how many requests of one caller are worked on at the same time. Streams are counted while they begin, and then apart. */
final class ShareInterceptor implements HandlerInterceptor {
    private static final String HOLDER = ShareInterceptor.class.getName();

    private final Shares requests;

    ShareInterceptor(Shares requests) {
        this.requests = requests;
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        Optional<String> holder = CallerAuthentication.current().map(Shares::holder);
        if (holder.isPresent() && request.getAttribute(HOLDER) == null) {
            requests.take(holder.get());
            request.setAttribute(HOLDER, holder.get());
        }
        return true;
    }

    @Override
    public void afterCompletion(HttpServletRequest request, HttpServletResponse response, Object handler,
            @Nullable Exception exception) {
        if (request.getAttribute(HOLDER) instanceof String holder) {
            request.removeAttribute(HOLDER);
            requests.give(holder);
        }
    }
}
