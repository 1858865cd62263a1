package dev.roster.client;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a program wants to hold.
 *
 * @param kind of what
 * @param name its name: 1 to 128 letters, digits, dots, colons, hyphens and underscores
 * @param permits how many permits, 1 for locks and elections
 * @param limit how many permits a semaphore has in all, by which it is made; null leaves that to others
 * @param value what others are shown, possibly empty: at most 4,096 characters
 */
public record ClaimSpec(ClaimKind kind, String name, int permits, @Nullable Integer limit, String value) {

    /** Wants a lock. */
    public static ClaimSpec lock(String name) {
        return new ClaimSpec(ClaimKind.LOCK, name, 1, null, "");
    }

    /**
     * Wants to lead.
     *
     * @param value what others are shown of the leader, usually its address
     */
    public static ClaimSpec election(String name, String value) {
        return new ClaimSpec(ClaimKind.ELECTION, name, 1, null, value);
    }

    /**
     * Wants permits of a semaphore, all or none.
     *
     * @param limit how many it has in all; one that is there has to have just as many
     */
    public static ClaimSpec permits(String name, int permits, int limit) {
        return new ClaimSpec(ClaimKind.SEMAPHORE, name, permits, limit, "");
    }

    @Override
    public String toString() {
        return kind.name().toLowerCase(Locale.ROOT) + ' ' + name;
    }
}
