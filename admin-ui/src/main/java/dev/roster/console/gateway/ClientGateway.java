package dev.roster.console.gateway;

import dev.roster.api.security.Identity;
import dev.roster.api.security.IssuedToken;
import dev.roster.api.security.TokenRequest;
import dev.roster.client.Credentials;
import dev.roster.client.RosterClient;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/** The gateway by HTTP: one client for all users, each call with the credentials of one. */
@Component
final class ClientGateway implements Gateway, DisposableBean {
    private static final String PURPOSE = "console";
    /** Checking a password takes long on a busy server, by intention. */
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(10);
    /** A person waits: long enough for the election of a leader, not longer. */
    private static final Duration RETRY_FOR = Duration.ofSeconds(3);

    private final ServerAddress server;
    private @Nullable RosterClient client;

    ClientGateway(ServerAddress server) {
        this.server = server;
    }

    @Override
    public Optional<Identity> anonymous() {
        try {
            return Optional.of(Calls.answer(() -> client().security().identity()));
        } catch (RefusedException e) {
            return Optional.empty();
        }
    }

    @Override
    public IssuedToken signIn(String user, String password, Duration ttl) {
        Credentials credentials = Credentials.user(user, password);
        return Calls.answer(() -> client().as(() -> credentials).security()
                .issueToken(new TokenRequest(PURPOSE, null, ttl)));
    }

    @Override
    public Roster as(@Nullable AccessToken token) {
        Credentials credentials = token == null ? Credentials.none() : Credentials.token(token.secret());
        return new ClientRoster(client().as(() -> credentials));
    }

    /** The client is made when it is first needed, since the address is known only then. */
    private synchronized RosterClient client() {
        RosterClient present = client;
        if (present == null) {
            present = RosterClient.builder().addresses(List.of(server.get())).requestTimeout(REQUEST_TIMEOUT)
                    .retryFor(RETRY_FOR)
                    .build();
            client = present;
        }
        return present;
    }

    @Override
    public synchronized void destroy() {
        if (client != null) {
            client.close();
        }
    }
}
