package dev.roster.server.config;

import dev.roster.server.config.ReleaseEntry.Action;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** What the metrics say of configuration. */
final class ConfigMetrics {
    private final Map<Action, Counter> changes = new EnumMap<>(Action.class);

    /** Registers the metrics. */
    ConfigMetrics(MeterRegistry registry) {
        for (Action action : Action.values()) {
            changes.put(action, Counter.builder("roster.config.versions")
                    .description("Versions of configuration items that this member has made")
                    .tag("action", action.name().toLowerCase(Locale.ROOT)).register(registry));
        }
    }

    void recordChange(Action action) {
        Counter counter = changes.get(action);
        if (counter != null) {
            counter.increment();
        }
    }
}
