package dev.roster.server.security;

import dev.roster.server.store.Value;
import dev.roster.server.store.ValueReader;
import dev.roster.server.store.ValueWriter;

/**
 * What is kept of a password: PBKDF2 with HMAC-SHA-512 (RFC 8018).
 *
 * @param iterations how often the function was repeated
 * @param salt random bytes of this password alone
 * @param hash the outcome, 32 bytes
 */
record PasswordHash(int iterations, Value salt, Value hash) {

    void writeTo(ValueWriter writer) {
        writer.number(iterations).value(salt).value(hash);
    }

    static PasswordHash readFrom(ValueReader reader) {
        return new PasswordHash((int) reader.number("iterations"), reader.value("salt"), reader.value("hash"));
    }

    @Override
    public String toString() {
        return "PasswordHash[***]";
    }
}
