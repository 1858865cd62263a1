package dev.roster.spring.coordination;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.springframework.integration.support.locks.LockRegistry;

/**
 * Locks of Roster for Spring Integration. A key that is no name of a lock, as its text, becomes one by its SHA-256. A lock has no time
 * to live of its own: it ends with the session of the application.
 */
final class RosterLockRegistry implements LockRegistry<RosterLock> {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9.:_-]{0,126}[A-Za-z0-9])?");

    private final Coordination coordination;
    private final String prefix;

    RosterLockRegistry(Coordination coordination, String prefix) {
        this.coordination = coordination;
        this.prefix = prefix;
    }

    @Override
    public RosterLock obtain(Object lockKey) {
        String name = prefix + lockKey;
        return coordination.lock(NAME.matcher(name).matches() ? name : digest(name));
    }

    private static String digest(String text) {
        try {
            return HexFormat.of().formatHex(
                    MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
