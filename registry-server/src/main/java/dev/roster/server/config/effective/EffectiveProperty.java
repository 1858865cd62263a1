package dev.roster.server.config.effective;

import java.util.List;

/**
 * A property that an application ends up with.
 *
 * @param name its name
 * @param chosen the value that wins, with its origin
 * @param overridden what it wins over, the nearest first
 */
public record EffectiveProperty(String name, Origin chosen, List<Origin> overridden) {
    public EffectiveProperty {
        overridden = List.copyOf(overridden);
    }
}
