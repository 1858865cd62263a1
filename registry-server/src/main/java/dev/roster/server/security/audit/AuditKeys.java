package dev.roster.server.security.audit;

import dev.roster.server.store.Key;
import dev.roster.server.store.KeyRange;
import java.time.Instant;
import java.util.HexFormat;

/** The keys of the audit log, see the package's description. */
final class AuditKeys {
    static final Key HEAD = Key.of("audit/head");
    static final Key ANCHOR = Key.of("audit/anchor");
    static final KeyRange PENDING = KeyRange.prefix("audit/pending/");
    static final KeyRange ENTRIES = KeyRange.prefix("audit/entry/");

    /** All of them. */
    static final KeyRange ALL = KeyRange.prefix("audit/");

    private AuditKeys() {}

    static Key pending(Instant at, long random) {
        return Key.of("audit/pending/" + hex(at.toEpochMilli()) + '-' + hex(random));
    }

    static Key entry(long number) {
        return Key.of("audit/entry/" + hex(number));
    }

    /** Returns the range of entries between two numbers, both included. */
    static KeyRange entries(long first, long last) {
        return new KeyRange(entry(first), entry(last + 1));
    }

    private static String hex(long number) {
        return HexFormat.of().toHexDigits(number);
    }
}
