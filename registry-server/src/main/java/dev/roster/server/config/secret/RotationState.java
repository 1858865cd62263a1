package dev.roster.server.config.secret;

import dev.roster.server.store.Key;
import dev.roster.server.store.KeyValue;
import dev.roster.server.store.Value;
import dev.roster.server.store.ValueReader;
import dev.roster.server.store.ValueWriter;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far the re-encryption of a namespace is.
 *
 * @param key id of the data key that is to encrypt everything
 * @param startedAt when it began
 * @param kind which kind of record it is at, counted from 0
 * @param after the last record of that kind that was looked at, null if none was
 * @param checked records that were looked at
 * @param reencrypted those that had to be written anew
 * @param unreadable those whose secrets do not decrypt, and were left as they are
 * @param finishedAt when it ended, null while it goes on
 */
public record RotationState(String key, Instant startedAt, int kind, @Nullable Key after, long checked,
        long reencrypted, long unreadable, @Nullable Instant finishedAt) {
    private static final int VERSION = 1;

    static RotationState begin(String key, Instant now) {
        return new RotationState(key, now, 0, null, 0, 0, 0, null);
    }

    RotationState at(int nextKind, @Nullable Key next, long moreChecked, long moreReencrypted, long moreUnreadable) {
        return new RotationState(key, startedAt, nextKind, next, checked + moreChecked, reencrypted + moreReencrypted,
                unreadable + moreUnreadable, null);
    }

    RotationState finished(Instant now) {
        return new RotationState(key, startedAt, kind, null, checked, reencrypted, unreadable, now);
    }

    static RotationState read(KeyValue stored) {
        ValueReader reader = new ValueReader(stored.value(), VERSION);
        RotationState state = new RotationState(reader.text("key"), reader.instant("startedAt"),
                (int) reader.number("kind"), reader.flag("under way") ? Key.of(reader.bytes("after")) : null,
                reader.number("checked"), reader.number("reencrypted"), reader.number("unreadable"),
                reader.optionalInstant("finishedAt"));
        reader.end();
        return state;
    }

    Value write() {
        ValueWriter writer = new ValueWriter(VERSION).text(key).instant(startedAt).number(kind).flag(after != null);
        if (after != null) {
            writer.key(after);
        }
        return writer.number(checked).number(reencrypted).number(unreadable).optionalInstant(finishedAt).toValue();
    }
}
