package dev.roster.console.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import dev.roster.api.security.IssuedToken;
import dev.roster.api.security.Role;
import dev.roster.console.fake.FakeRoster;
import dev.roster.console.gateway.AccessToken;
import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.HttpSessionEvent;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;

class SessionTokensTest {
    private final FakeRoster server = new FakeRoster(InstantSource.system());
    private final List<Runnable> background = new ArrayList<>();
    private final SessionTokens tokens = new SessionTokens(server, background::add);
    private final Authentication user = signedIn();
    private final HttpSession session = session(user);

    @Test
    void revokesInTheBackgroundWhenASessionExpires() {
        tokens.sessionDestroyed(new HttpSessionEvent(session));
        assertThat(server.revoked()).isEmpty();

        background.forEach(Runnable::run);

        assertThat(server.revoked()).hasSize(1);
    }

    @Test
    void revokesOnceWhenAUserSignsOut() {
        MockHttpServletRequest request = new MockHttpServletRequest();
        request.setSession(session);

        tokens.logout(request, new MockHttpServletResponse(), user);
        tokens.sessionDestroyed(new HttpSessionEvent(session));

        assertThat(server.revoked()).hasSize(1);
        assertThat(background).isEmpty();
    }

    @Test
    void hasNothingToDoForAnEmptySession() {
        tokens.sessionDestroyed(new HttpSessionEvent(new MockHttpSession()));

        assertThat(background).isEmpty();
    }

    @Test
    void leavesATokenThatCannotBeRevokedToItsExpiry() {
        server.goAway();
        tokens.sessionDestroyed(new HttpSessionEvent(session));

        assertThatNoException().isThrownBy(() -> background.forEach(Runnable::run));
    }

    private Authentication signedIn() {
        IssuedToken issued = server.signIn("admin", "correct horse battery", Duration.ofHours(1));
        return UsernamePasswordAuthenticationToken.authenticated(
                new ConsoleUser("admin", Role.ADMIN, issued.token().id(), new AccessToken(issued.secret())), null,
                List.of());
    }

    private static HttpSession session(Authentication user) {
        MockHttpSession session = new MockHttpSession();
        session.setAttribute(HttpSessionSecurityContextRepository.SPRING_SECURITY_CONTEXT_KEY,
                new SecurityContextImpl(user));
        return session;
    }
}
