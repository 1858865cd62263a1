package dev.roster.console.session;

import dev.roster.api.security.Identity;
import dev.roster.api.security.IssuedToken;
import dev.roster.api.security.Role;
import dev.roster.console.gateway.AccessToken;
import dev.roster.console.gateway.Gateway;
import dev.roster.console.gateway.GatewayException;
import dev.roster.console.gateway.RefusedException;
import dev.roster.console.gateway.ServerAwayException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.authority.AuthorityUtils;

/** Exchanges name and password for a token of the server. Without a name it asks for what the server grants anybody. */
final class SignInProvider implements AuthenticationProvider {
    /** A working day; the HTTP session usually ends before, and takes the token with it. */
    static final Duration TOKEN_TTL = Duration.ofHours(12);
    private static final Duration DEFAULT_RETRY = Duration.ofMinutes(1);

    private final Gateway gateway;

    SignInProvider(Gateway gateway) {
        this.gateway = gateway;
    }

    @Override
    public Authentication authenticate(Authentication attempt) {
        String name = attempt.getName();
        Object password = attempt.getCredentials();
        ConsoleUser user = name.isEmpty() ? anonymous() : signIn(name, password == null ? "" : password.toString());
        return UsernamePasswordAuthenticationToken.authenticated(user, null,
                AuthorityUtils.createAuthorityList("ROLE_" + user.role()));
    }

    private ConsoleUser anonymous() {
        try {
            Identity identity = gateway.anonymous().orElseThrow(() -> new BadCredentialsException("no user name"));
            return new ConsoleUser(identity.name(), identity.role(), null, null);
        } catch (GatewayException e) {
            throw failure(e);
        }
    }

    private ConsoleUser signIn(String name, String password) {
        if (name.isBlank() || name.indexOf(':') >= 0) {
            // HTTP Basic cannot carry such a name (RFC 7617), so nobody has it.
            throw new BadCredentialsException("wrong name or password");
        }
        try {
            IssuedToken issued = gateway.signIn(name, password, TOKEN_TTL);
            Role role = issued.token().role();
            return new ConsoleUser(name, role, issued.token().id(), new AccessToken(issued.secret()));
        } catch (GatewayException e) {
            throw failure(e);
        }
    }

    private static AuthenticationException failure(GatewayException e) {
        return switch (e) {
            case RefusedException refused when refused.status() == 429 ->
                new SignInThrottledException(refused.retryAfter().orElse(DEFAULT_RETRY), refused);
            // 400: a name that cannot belong to anybody, such as one with a space.
            case RefusedException refused when refused.status() < 500 ->
                new BadCredentialsException("wrong name or password", refused);
            case RefusedException refused -> new AuthenticationServiceException("server cannot answer", refused);
            case ServerAwayException away -> new AuthenticationServiceException("server away", away);
        };
    }

    @Override
    public boolean supports(@Nullable Class<?> authentication) {
        return UsernamePasswordAuthenticationToken.class == authentication;
    }
}
