package dev.roster.server.security.audit;

import dev.roster.server.store.KeyValue;
import dev.roster.server.store.Value;
import dev.roster.server.store.ValueReader;
import dev.roster.server.store.ValueWriter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * An entry in the chain. Its hash is SHA-256 over {@code roster audit 1}, a zero byte, the hash before, the number and the
 * revision (8 bytes each, the highest first) and the entry's one form.
 *
 * @param number 1 for the first
 * @param revision store revision at which it was first stored, which is that of the change if there was one
 * @param previous hash of the one before, 64 hexadecimal digits; zeros for the first
 * @param hash its own
 * @param canonical the entry's one form
 */
public record AuditLink(long number, long revision, String previous, String hash, Value canonical) {

    /** The hash before the first entry. */
    static final String NONE = "0".repeat(64);

    private static final int VERSION = 1;
    private static final byte[] LABEL = "roster audit 1\0".getBytes(StandardCharsets.US_ASCII);

    /** Adds an entry behind another. */
    static AuditLink after(AuditMark previous, long revision, AuditEntry entry) {
        byte[] canonical = entry.canonical();
        long number = previous.number() + 1;
        return new AuditLink(number, revision, previous.hash(), hash(previous.hash(), number, revision, canonical),
                Value.of(canonical));
    }

    static AuditLink read(KeyValue stored) {
        ValueReader reader = new ValueReader(stored.value(), VERSION);
        AuditLink link = new AuditLink(reader.number("number"), reader.number("revision"),
                HexFormat.of().formatHex(reader.bytes("previous")), HexFormat.of().formatHex(reader.bytes("hash")),
                Value.of(reader.bytes("entry")));
        reader.end();
        return link;
    }

    Value write() {
        return new ValueWriter(VERSION).number(number).number(revision).bytes(HexFormat.of().parseHex(previous))
                .bytes(HexFormat.of().parseHex(hash)).value(canonical).toValue();
    }

    /** Returns what was done. */
    public AuditEntry entry() {
        return AuditEntry.read(canonical.toBytes());
    }

    /** Returns the mark of this entry. */
    AuditMark mark() {
        return new AuditMark(number, hash);
    }

    /** Tells whether the hash is that of what is here. */
    boolean isGenuine() {
        return hash.equals(hash(previous, number, revision, canonical.toBytes()));
    }

    private static String hash(String previous, long number, long revision, byte[] canonical) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(LABEL);
            digest.update(HexFormat.of().parseHex(previous));
            digest.update(ByteBuffer.allocate(2 * Long.BYTES).putLong(number).putLong(revision).array());
            return HexFormat.of().formatHex(digest.digest(canonical));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
