package dev.roster.console.session;

import dev.roster.console.gateway.Gateway;
import dev.roster.console.gateway.GatewayException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.HttpSessionEvent;
import jakarta.servlet.http.HttpSessionListener;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.web.authentication.logout.LogoutHandler;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;

/**
 * Revokes a session's token when the session ends: at once when the user signs out, in the background when it expires (the container's
 * housekeeping thread must not wait for a server). A token that cannot be revoked ends by itself within
 * {@link SignInProvider#TOKEN_TTL}.
 */
final class SessionTokens implements LogoutHandler, HttpSessionListener {
    private static final Logger log = LoggerFactory.getLogger(SessionTokens.class);
    private static final String REVOKED = SessionTokens.class.getName() + ".revoked";

    private final Gateway gateway;
    private final Executor executor;

    SessionTokens(Gateway gateway, Executor executor) {
        this.gateway = gateway;
        this.executor = executor;
    }

    @Override
    public void logout(HttpServletRequest request, HttpServletResponse response,
            @Nullable Authentication authentication) {
        HttpSession session = request.getSession(false);
        if (session != null && authentication != null && authentication.getPrincipal() instanceof ConsoleUser user) {
            session.setAttribute(REVOKED, true);
            revoke(user);
        }
    }

    @Override
    public void sessionDestroyed(HttpSessionEvent event) {
        HttpSession session = event.getSession();
        if (session.getAttribute(REVOKED) == null) {
            userOf(session).ifPresent(user -> executor.execute(() -> revoke(user)));
        }
    }

    private static Optional<ConsoleUser> userOf(HttpSession session) {
        Object context = session.getAttribute(HttpSessionSecurityContextRepository.SPRING_SECURITY_CONTEXT_KEY);
        return context instanceof SecurityContext known && known.getAuthentication() != null
                && known.getAuthentication().getPrincipal() instanceof ConsoleUser user
                        ? Optional.of(user)
                        : Optional.empty();
    }

    private void revoke(ConsoleUser user) {
        if (user.token() == null) {
            return;
        }
        try {
            gateway.as(user.token()).revokeOwnToken();
        } catch (GatewayException e) {
            log.info("The token {} of {} could not be revoked ({}); it expires by itself", user.tokenId(), user.name(),
                    e.getMessage());
        }
    }
}
