package dev.roster.server.api.watch;

import dev.roster.server.config.ConfigSecrets;
import dev.roster.server.config.secret.SecretVault;
import dev.roster.server.fixture.Callers;
import dev.roster.server.fixture.LocalStore;
import dev.roster.server.security.Role;
import tools.jackson.databind.json.JsonMapper;

/** Encoders for tests that have to do with no secret. */
final class EncoderFixture {
    static final Sight READER = new Sight(Callers.of(Role.READER), null);

    private EncoderFixture() {}

    static EventEncoder encoder(JsonMapper json) {
        LocalStore local = new LocalStore();
        return new EventEncoder(json, new ConfigSecrets(SecretVault.closed(local.store, local.clock)));
    }
}
