package dev.roster.server.config.gray;

import dev.roster.server.config.ItemKey;
import dev.roster.server.config.delivery.Adoption.Count;
import dev.roster.server.config.gray.GrayEvent.Kind;
import dev.roster.server.config.gray.GrayRelease.Status;
import dev.roster.server.store.KeyValue;
import dev.roster.server.store.Value;
import dev.roster.server.store.ValueReader;
import dev.roster.server.store.ValueWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The values of the keys of gray releases. Version 1; a golden test guards the bytes. */
final class GrayRecord {
    private static final int VERSION = 1;

    /** Written for a percentage that is not said. */
    private static final int NOT_SAID = -1;

    private GrayRecord() {}

    static Value write(GrayRelease release) {
        ValueWriter writer = new ValueWriter(VERSION).number(release.version()).number(release.baseVersion())
                .number(release.number()).choice(release.status()).text(release.startedBy())
                .instant(release.startedAt()).number(release.step()).instant(release.stepSince());
        GrayPlan plan = release.plan();
        writer.flag(plan.automatic()).number(plan.minClients()).number(plan.maxErrorPercentage())
                .number(plan.maxUnhealthyPercentage()).count(plan.steps().size());
        for (GrayStep step : plan.steps()) {
            @Nullable
            Integer percentage = step.percentage();
            writer.texts(new TreeSet<>(step.instances())).texts(step.addresses()).textMap(step.labels())
                    .number(percentage == null ? NOT_SAID : percentage).duration(step.bake());
        }
        writer.count(release.timeline().size());
        for (GrayEvent event : release.timeline()) {
            Count count = event.count();
            writer.instant(event.at()).text(event.by()).choice(event.kind()).number(event.step())
                    .optionalText(event.detail()).number(count.clients()).number(count.applied())
                    .number(count.fetched()).number(count.failed()).number(count.unhealthy());
        }
        return writer.toValue();
    }

    /**
     * Reads a gray release.
     *
     * @param item the item that it is of, which is in the key
     */
    static GrayRelease read(ItemKey item, KeyValue stored) {
        ValueReader reader = new ValueReader(stored.value(), VERSION);
        long version = reader.number("version");
        GrayRelease release = new GrayRelease(item, version, reader.number("baseVersion"), reader.number("number"),
                reader.choice("status", Status.class), reader.text("startedBy"), reader.instant("startedAt"),
                (int) reader.number("step"), reader.instant("stepSince"), plan(reader), timeline(version, reader));
        reader.end();
        return release;
    }

    private static GrayPlan plan(ValueReader reader) {
        boolean automatic = reader.flag("automatic");
        int minClients = (int) reader.number("minClients");
        int maxErrors = (int) reader.number("maxErrorPercentage");
        int maxUnhealthy = (int) reader.number("maxUnhealthyPercentage");
        int count = reader.count("steps");
        List<GrayStep> steps = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            Set<String> instances = Set.copyOf(reader.texts("instances"));
            List<String> addresses = reader.texts("addresses");
            var labels = reader.textMap("labels");
            int percentage = (int) reader.number("percentage");
            steps.add(new GrayStep(instances, addresses, labels, percentage == NOT_SAID ? null : percentage,
                    reader.duration("bake")));
        }
        return new GrayPlan(steps, automatic, minClients, maxErrors, maxUnhealthy);
    }

    private static List<GrayEvent> timeline(long version, ValueReader reader) {
        int count = reader.count("timeline");
        List<GrayEvent> events = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            events.add(new GrayEvent(reader.instant("at"), reader.text("by"), reader.choice("kind", Kind.class),
                    (int) reader.number("step"), reader.optionalText("detail"),
                    new Count(version, (int) reader.number("clients"), (int) reader.number("applied"),
                            (int) reader.number("fetched"), (int) reader.number("failed"),
                            (int) reader.number("unhealthy"))));
        }
        return events;
    }
}
