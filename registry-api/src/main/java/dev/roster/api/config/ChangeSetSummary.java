package dev.roster.api.config;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A change set as a list shows it.
 *
 * @param namespace where its items are
 * @param id 1 for the first change set of the namespace
 * @param number 1 when it was made, one more for each change of it; its entity tag
 * @param title what it is about
 * @param status how far it is
 * @param author who made it
 * @param updatedAt when it was changed last
 * @param drafts how many items are to be changed
 * @param publishAt when it is published by itself, null if it is not
 */
public record ChangeSetSummary(String namespace, long id, long number, String title, ChangeSet.Status status,
        String author, Instant updatedAt, int drafts, @Nullable Instant publishAt) {}
