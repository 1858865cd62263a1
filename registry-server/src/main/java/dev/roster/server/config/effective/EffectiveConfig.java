package dev.roster.server.config.effective;

import dev.roster.server.config.ItemName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The configuration of an application at one revision.
 *
 * @param revision the store revision that this shows
 * @param items every item that the application asks for, whether or not it exists; later ones win
 * @param properties what it ends up with, ordered by name
 * @param complete whether these are all of them
 */
public record EffectiveConfig(long revision, List<Source> items, List<EffectiveProperty> properties, boolean complete) {
    public EffectiveConfig {
        items = List.copyOf(items);
        properties = List.copyOf(properties);
    }

    /**
     * An item that the application asks for.
     *
     * @param item its name
     * @param version its version, null if it does not exist
     * @param gray whether a gray release gives that version to the instance that is asked for; otherwise it is the current one
     */
    public record Source(ItemName item, @Nullable Long version, boolean gray) {}
}
