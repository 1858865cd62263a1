package dev.roster.console.session;

import dev.roster.console.gateway.Gateway;
import dev.roster.console.gateway.Roster;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/** Gives controllers {@link ConsoleUser} and {@link Roster} in that user's name as parameters. */
final class RosterArgumentResolver implements HandlerMethodArgumentResolver {
    private final Gateway gateway;

    RosterArgumentResolver(Gateway gateway) {
        this.gateway = gateway;
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == Roster.class || (parameter.getParameterType() == ConsoleUser.class
                && parameter.getParameterAnnotations().length == 0);
    }

    @Override
    public Object resolveArgument(MethodParameter parameter, @Nullable ModelAndViewContainer container,
            NativeWebRequest request, @Nullable WebDataBinderFactory binders) {
        Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
        if (authentication == null || !(authentication.getPrincipal() instanceof ConsoleUser user)) {
            throw new IllegalStateException("no signed-in user; is the path outside the console's filter chain?");
        }
        return parameter.getParameterType() == Roster.class ? gateway.as(user.token()) : user;
    }
}
