package dev.roster.console.gateway;

import dev.roster.api.security.Identity;
import dev.roster.api.security.IssuedToken;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Opens access to Roster. Safe for concurrent use; every method blocks and throws {@link GatewayException}. */
public interface Gateway {
    /** Whom the server takes a caller without credentials for; empty when it asks for credentials, as it should. */
    Optional<Identity> anonymous();

    /**
     * Exchanges a password for a token.
     *
     * @param ttl how long the token lives
     * @throws RefusedException with status 401 for a wrong name or password, 429 after too many attempts
     */
    IssuedToken signIn(String user, String password, Duration ttl);

    /**
     * Roster as the holder of a token sees it.
     *
     * @param token null for a server whose security is switched off
     */
    Roster as(@Nullable AccessToken token);
}
