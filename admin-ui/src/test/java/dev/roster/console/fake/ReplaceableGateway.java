package dev.roster.console.fake;

import dev.roster.api.security.Identity;
import dev.roster.api.security.IssuedToken;
import dev.roster.console.gateway.AccessToken;
import dev.roster.console.gateway.Gateway;
import dev.roster.console.gateway.Roster;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Leads to another server for each test, so that tests can share an application. */
final class ReplaceableGateway implements Gateway {
    private volatile Gateway present;

    void replace(Gateway gateway) {
        present = gateway;
    }

    @Override
    public Optional<Identity> anonymous() {
        return present.anonymous();
    }

    @Override
    public IssuedToken signIn(String user, String password, Duration ttl) {
        return present.signIn(user, password, ttl);
    }

    @Override
    public Roster as(@Nullable AccessToken token) {
        return present.as(token);
    }
}
