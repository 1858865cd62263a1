package dev.roster.server.security.audit;

import dev.roster.server.store.KeyValue;
import dev.roster.server.store.Value;
import dev.roster.server.store.ValueReader;
import dev.roster.server.store.ValueWriter;
import java.util.HexFormat;

/**
 * A place in the chain.
 *
 * @param number number of an entry, 0 before the first
 * @param hash its hash, 64 hexadecimal digits
 */
public record AuditMark(long number, String hash) {
    static final AuditMark START = new AuditMark(0, AuditLink.NONE);

    private static final int VERSION = 1;

    static AuditMark read(KeyValue stored) {
        ValueReader reader = new ValueReader(stored.value(), VERSION);
        AuditMark mark = new AuditMark(reader.number("number"), HexFormat.of().formatHex(reader.bytes("hash")));
        reader.end();
        return mark;
    }

    Value write() {
        return new ValueWriter(VERSION).number(number).bytes(HexFormat.of().parseHex(hash)).toValue();
    }
}
