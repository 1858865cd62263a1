package dev.roster.api.coordination;

/**
 * A lock, an election or a semaphore as a list shows it.
 *
 * @param namespace its namespace
 * @param name its name
 * @param limit how many permits there are in all, 1 for locks and elections
 * @param held how many are held
 * @param waiting how many claims wait
 */
public record ClaimSummary(String namespace, String name, int limit, int held, int waiting) {}
