package dev.roster.api.coordination;

import java.util.List;

/**
 * Who holds a lock, an office or permits of a semaphore, and who waits for it.
 *
 * @param namespace its namespace
 * @param name its name
 * @param revision store revision that this shows
 * @param limit how many permits there are in all, 1 for locks and elections
 * @param available how many nobody holds
 * @param claims in the order in which they were made; those that are held come first
 */
public record ClaimQueue(String namespace, String name, long revision, int limit, int available, List<Claim> claims) {
    public ClaimQueue {
        claims = List.copyOf(claims);
    }
}
