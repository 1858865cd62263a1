package dev.roster.server.config;

import dev.roster.server.security.InvalidArgumentException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How much history a namespace keeps of each item.
 *
 * @param maxVersions most versions, deletions included, {@value #MIN_VERSIONS} to {@value #MAX_VERSIONS}
 * @param maxAge versions that were published longer ago go, save for the last two; 1 to 3,650 days, null for no such bound
 * @param number 0 for the policy that holds without any being set, one more for each time that it is
 */
public record HistoryPolicy(int maxVersions, @Nullable Duration maxAge, long number) {

    /** Fewest versions that may be kept: the current one and the one that an undo leads to. */
    public static final int MIN_VERSIONS = 2;

    /** Most versions that may be kept: their documents stay in memory. */
    public static final int MAX_VERSIONS = 1000;

    /** Longest bound of age. */
    static final Duration MAX_AGE = Duration.ofDays(3650);

    private static final Duration MIN_AGE = Duration.ofDays(1);

    /** What holds in a namespace that sets no policy. */
    public static final HistoryPolicy DEFAULT = new HistoryPolicy(ConfigReleases.MAX_HISTORY, null, 0);

    /** Refuses what is out of range with {@link InvalidArgumentException}. */
    public HistoryPolicy {
        if (maxVersions < MIN_VERSIONS || maxVersions > MAX_VERSIONS) {
            throw new InvalidArgumentException("maxVersions", maxVersions, MIN_VERSIONS + " to " + MAX_VERSIONS);
        }
        if (maxAge != null && (maxAge.compareTo(MIN_AGE) < 0 || maxAge.compareTo(MAX_AGE) > 0)) {
            throw new InvalidArgumentException("maxAge", maxAge, MIN_AGE + " to " + MAX_AGE);
        }
    }
}
