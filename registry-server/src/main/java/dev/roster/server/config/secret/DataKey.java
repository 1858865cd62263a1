package dev.roster.server.config.secret;

import dev.roster.server.config.secret.KeyWrapping.Wrapped;
import dev.roster.server.security.NamespaceName;
import dev.roster.server.store.KeyValue;
import dev.roster.server.store.Revision;
import dev.roster.server.store.Value;
import dev.roster.server.store.ValueReader;
import dev.roster.server.store.ValueWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * A data key as it is stored: wrapped.
 *
 * @param namespace whose secrets it encrypts
 * @param id 16 hexadecimal digits, random
 * @param number 1 for the first of the namespace, one more for each later one
 * @param createdAt when it was made
 * @param createdBy name of the user on whose behalf
 * @param wrapped the key itself, under a master key
 * @param modified revision at which it was stored, or wrapped anew
 */
public record DataKey(NamespaceName namespace, String id, long number, Instant createdAt, String createdBy,
        Wrapped wrapped, Revision modified) {
    private static final int VERSION = 1;

    static DataKey read(KeyValue stored) {
        String path = stored.key().utf8().substring(DataKeys.KEY.length());
        int slash = path.indexOf('/');
        ValueReader reader = new ValueReader(stored.value(), VERSION);
        DataKey key = new DataKey(new NamespaceName(path.substring(0, slash)), path.substring(slash + 1),
                reader.number("number"), reader.instant("createdAt"), reader.text("createdBy"),
                new Wrapped(reader.text("masterKey"), Value.of(reader.bytes("wrapped"))), stored.modified());
        reader.end();
        return key;
    }

    Value write() {
        return new ValueWriter(VERSION).number(number).instant(createdAt).text(createdBy).text(wrapped.masterKey())
                .value(wrapped.bytes()).toValue();
    }

    DataKey with(Wrapped next) {
        return new DataKey(namespace, id, number, createdAt, createdBy, next, modified);
    }

    /** What the wrapping is bound to. */
    byte[] context() {
        return context(namespace, id);
    }

    static byte[] context(NamespaceName namespace, String id) {
        return ("roster data key 1\0" + namespace + '\0' + id).getBytes(StandardCharsets.UTF_8);
    }
}
