package dev.roster.server.web;

import java.util.Map;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Refuses to start when a handler below {@code /api} does not say who may call it. */
@Component
final class HandlerRules implements SmartInitializingSingleton {
    private final RequestMappingHandlerMapping mapping;

    HandlerRules(RequestMappingHandlerMapping requestMappingHandlerMapping) {
        this.mapping = requestMappingHandlerMapping;
    }

    @Override
    public void afterSingletonsInstantiated() {
        check(mapping.getHandlerMethods());
    }

    static void check(Map<RequestMappingInfo, HandlerMethod> handlers) {
        handlers.forEach((info, method) -> {
            boolean ofApi = info.getPatternValues().stream().anyMatch(pattern -> pattern.startsWith("/api"));
            boolean says = method.hasMethodAnnotation(RequiresRole.class)
                    || method.hasMethodAnnotation(OpenToAll.class);
            if (ofApi && !says) {
                throw new IllegalStateException(method + " serves " + info + " without @RequiresRole");
            }
        });
    }
}
