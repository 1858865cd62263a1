package dev.roster.server.config;

import dev.roster.server.config.ReleaseEntry.Action;
import dev.roster.server.config.format.DocumentFormat;
import dev.roster.server.store.KeyValue;
import dev.roster.server.store.Value;
import dev.roster.server.store.ValueReader;
import dev.roster.server.store.ValueWriter;
import org.jspecify.annotations.Nullable;

/** The values of configuration's keys. Version 1; a golden test guards the bytes. */
final class ReleaseRecord {
    private static final int VERSION = 1;

    private ReleaseRecord() {}

    /** Writes everything but the content. The revision is not written: it is that of the key. */
    static Value write(ReleaseEntry entry) {
        return fields(entry).toValue();
    }

    /** Writes an entry with its content. */
    static Value write(ReleaseEntry entry, String content) {
        return fields(entry).text(content).toValue();
    }

    /** Reads an entry, from a value with or without content. */
    static ReleaseEntry readEntry(KeyValue stored) {
        return fields(new ValueReader(stored.value(), VERSION), stored);
    }

    /** Reads an entry with its content. */
    static Release readRelease(ItemKey item, KeyValue stored) {
        ValueReader reader = new ValueReader(stored.value(), VERSION);
        ReleaseEntry entry = fields(reader, stored);
        String content = reader.text("content");
        reader.end();
        return new Release(item, entry, content);
    }

    /** A version is of the revision that made it, also when its secrets were encrypted anew later. */
    private static long revision(KeyValue stored) {
        return (ConfigKeys.versions().contains(stored.key()) ? stored.created() : stored.modified()).value();
    }

    private static ValueWriter fields(ReleaseEntry entry) {
        @Nullable
        Long restored = entry.restoredVersion();
        return new ValueWriter(VERSION)
                .number(entry.version())
                .choice(entry.action())
                .choice(entry.format())
                .text(entry.contentHash())
                .number(restored == null ? 0 : restored)
                .optionalText(entry.comment())
                .instant(entry.publishedAt())
                .text(entry.publishedBy());
    }

    private static ReleaseEntry fields(ValueReader reader, KeyValue stored) {
        long version = reader.number("version");
        Action action = reader.choice("action", Action.class);
        DocumentFormat format = reader.choice("format", DocumentFormat.class);
        String contentHash = reader.text("contentHash");
        long restored = reader.number("restoredVersion");
        return new ReleaseEntry(version, action, format, contentHash, restored == 0 ? null : restored,
                reader.optionalText("comment"), reader.instant("publishedAt"), reader.text("publishedBy"),
                revision(stored));
    }
}
