package dev.roster.server.security;

import dev.roster.server.store.Key;
import dev.roster.server.store.KeyRange;
import dev.roster.server.store.KeyValue;
import dev.roster.server.store.PutKey;
import dev.roster.server.store.Revision;
import dev.roster.server.store.ValueReader;
import dev.roster.server.store.ValueWriter;
import java.time.Instant;

/**
 * A token as the store holds it. Its id is the beginning of its key, so tokens are listed in the order of their ids and one
 * is found by its id without an index.
 *
 * @param token everything but the secret
 * @param key the key
 * @param created revision at which it was made
 */
record StoredToken(Token token, Key key, Revision created) {
    static final String PREFIX = "security/token/";
    static final KeyRange ALL = KeyRange.prefix(PREFIX);

    private static final int ID_DIGITS = 16;

    static StoredToken of(KeyValue entry) {
        ValueReader reader = new ValueReader(entry.value(), SecretsRecord.VERSION);
        TokenId id = new TokenId(entry.key().utf8().substring(PREFIX.length(), PREFIX.length() + ID_DIGITS));
        Token token = new Token(id, new UserName(reader.text("user")), reader.choice("role", Role.class),
                reader.text("description"), reader.instant("createdAt"), reader.instant("expiresAt"),
                SecretsRecord.read(reader));
        reader.end();
        return new StoredToken(token, entry.key(), entry.created());
    }

    static PutKey put(TokenSecret secret, Token token) {
        ValueWriter writer = new ValueWriter(SecretsRecord.version(token.secrets())).text(token.user().value())
                .choice(token.role()).text(token.description()).instant(token.createdAt()).instant(token.expiresAt());
        SecretsRecord.write(token.secrets(), writer);
        return new PutKey(secret.key(), writer.toValue());
    }

    /** Returns the range of keys that begin with an id; it holds one at most. */
    static KeyRange withId(TokenId id) {
        return KeyRange.prefix(PREFIX + id.value());
    }

    /** Returns the range of keys after all those that begin with an id. */
    static KeyRange after(TokenId id) {
        return new KeyRange(Key.of(PREFIX + id.value() + 'g'), ALL.to());
    }

    boolean isExpired(Instant now) {
        return !now.isBefore(token.expiresAt());
    }
}
