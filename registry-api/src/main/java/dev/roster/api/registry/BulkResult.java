package dev.roster.api.registry;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was done to instances, or would be.
 *
 * @param revision the store revision that shows it, or that a preview looked at
 * @param preview whether nothing was done
 * @param changes ordered by service and id; instances that are so already are not among them
 */
public record BulkResult(long revision, boolean preview, List<Change> changes) {
    public BulkResult {
        changes = List.copyOf(changes);
    }

    /**
     * A change of an instance.
     *
     * @param before the instance before
     * @param after the instance after it, null when it is removed
     */
    public record Change(Instance before, @Nullable Instance after) {}
}
