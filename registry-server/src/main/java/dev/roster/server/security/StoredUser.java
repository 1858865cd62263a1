package dev.roster.server.security;

import dev.roster.server.store.Key;
import dev.roster.server.store.KeyValue;
import dev.roster.server.store.PutKey;
import dev.roster.server.store.ReadView;
import dev.roster.server.store.Revision;
import dev.roster.server.store.ValueReader;
import dev.roster.server.store.ValueWriter;
import java.time.Instant;
import java.util.Optional;

/**
 * A user as the store holds it.
 *
 * @param user everything but the password
 * @param password what is kept of the password
 * @param created revision at which a user of this name last came into being
 * @param modified revision of the last change
 */
record StoredUser(User user, PasswordHash password, Revision created, Revision modified) {
    static final String PREFIX = "security/user/";

    static Key key(UserName name) {
        return Key.of(PREFIX + name.value());
    }

    static Optional<StoredUser> find(ReadView view, UserName name) {
        return view.find(key(name)).map(StoredUser::of);
    }

    static StoredUser of(KeyValue entry) {
        ValueReader reader = new ValueReader(entry.value(), SecretsRecord.VERSION);
        UserName name = new UserName(entry.key().utf8().substring(PREFIX.length()));
        Role role = reader.choice("role", Role.class);
        Instant createdAt = reader.instant("createdAt");
        PasswordHash password = PasswordHash.readFrom(reader);
        User user = new User(name, role, createdAt, SecretsRecord.read(reader));
        reader.end();
        return new StoredUser(user, password, entry.created(), entry.modified());
    }

    static PutKey put(User user, PasswordHash password) {
        ValueWriter writer = new ValueWriter(SecretsRecord.version(user.secrets())).choice(user.role())
                .instant(user.createdAt());
        password.writeTo(writer);
        SecretsRecord.write(user.secrets(), writer);
        return new PutKey(key(user.name()), writer.toValue());
    }
}
