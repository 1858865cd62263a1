package dev.roster.server.security;

import dev.roster.server.store.Revision;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Remembers for a minute which passwords were right, so that a program that sends one with every request does not cost a
 * tenth of a second each time. An entry holds only as long as the user is unchanged. Passwords are remembered as an HMAC
 * under a key that this process alone has and nobody ever sees. May be used by any thread.
 */
final class VerifiedPasswords {

    /** How long a password is remembered. */
    static final Duration LIFETIME = Duration.ofSeconds(60);

    /** Most entries: some hundred kilobytes. */
    static final int MAX_ENTRIES = 1000;

    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec key;
    private final InstantSource clock;
    private final Map<ByteBuffer, Proof> entries = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ByteBuffer, Proof> eldest) {
            return size() > MAX_ENTRIES;
        }
    };

    VerifiedPasswords(SecureRandom random, InstantSource clock) {
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        this.key = new SecretKeySpec(bytes, ALGORITHM);
        this.clock = clock;
    }

    /** Tells whether the password is known to be right for a user that was last changed at a revision. */
    boolean contains(Credentials.Password credentials, Revision modified) {
        ByteBuffer digest = digest(credentials);
        synchronized (entries) {
            Proof proof = entries.get(digest);
            if (proof == null) {
                return false;
            }
            boolean holds = proof.modified().equals(modified) && clock.instant().isBefore(proof.end());
            if (!holds) {
                entries.remove(digest);
            }
            return holds;
        }
    }

    /** Remembers a password that was found right for a user that was last changed at a revision. */
    void add(Credentials.Password credentials, Revision modified) {
        ByteBuffer digest = digest(credentials);
        synchronized (entries) {
            entries.put(digest, new Proof(modified, clock.instant().plus(LIFETIME)));
        }
    }

    int size() {
        synchronized (entries) {
            return entries.size();
        }
    }

    private ByteBuffer digest(Credentials.Password credentials) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update(credentials.user().getBytes(StandardCharsets.UTF_8));
            mac.update((byte) 0);
            return ByteBuffer.wrap(mac.doFinal(credentials.password().getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java runtime has " + ALGORITHM, e);
        }
    }

    private record Proof(Revision modified, Instant end) {}
}
