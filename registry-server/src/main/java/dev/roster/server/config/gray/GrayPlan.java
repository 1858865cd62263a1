package dev.roster.server.config.gray;

import dev.roster.server.security.InvalidArgumentException;
import java.util.List;

/**
 * How a gray release is to go.
 *
 * @param steps 1 to {@value #MAX_STEPS}, each of which adds to those before
 * @param automatic whether the next step is made, and after the last one the version published, without being asked for
 * @param minClients how many must report that they run with the version, without errors, before that is done by itself
 * @param maxErrorPercentage how many of a hundred that have fetched it may report errors; when it are more it is rolled back
 * @param maxUnhealthyPercentage how many of a hundred that run with it may be not well, by their own word or as the registry
 *     knows; likewise
 */
public record GrayPlan(List<GrayStep> steps, boolean automatic, int minClients, int maxErrorPercentage,
        int maxUnhealthyPercentage) {

    /** Most steps. */
    public static final int MAX_STEPS = 20;

    /** Most applications that may be waited for: those that members keep reports of. */
    public static final int MAX_CLIENTS = 20_000;

    /** Refuses what is out of range with {@link InvalidArgumentException}. */
    public GrayPlan {
        steps = List.copyOf(steps);
        if (steps.isEmpty() || steps.size() > MAX_STEPS) {
            throw new InvalidArgumentException("steps", steps.size() + " steps", "1 to " + MAX_STEPS + " steps");
        }
        if (minClients < 0 || minClients > MAX_CLIENTS) {
            throw new InvalidArgumentException("minClients", minClients, "0 to " + MAX_CLIENTS);
        }
        checkPercentage("maxErrorPercentage", maxErrorPercentage);
        checkPercentage("maxUnhealthyPercentage", maxUnhealthyPercentage);
    }

    private static void checkPercentage(String field, int percentage) {
        if (percentage < 0 || percentage > 100) {
            throw new InvalidArgumentException(field, percentage, "0 to 100");
        }
    }
}
