package dev.roster.server.config.delivery;

import dev.roster.server.config.ItemName;
import dev.roster.server.config.delivery.Adoption.Count;
import dev.roster.server.config.delivery.Adoption.Pending;
import dev.roster.server.store.KeyValue;
import dev.roster.server.store.Value;
import dev.roster.server.store.ValueReader;
import dev.roster.server.store.ValueWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The value of a summary's key. Version 1; a golden test guards the bytes. */
final class SummaryRecord {
    private static final int VERSION = 1;

    private SummaryRecord() {}

    static Value write(DeliverySummary summary) {
        ValueWriter writer = new ValueWriter(VERSION).number(summary.clients()).count(summary.versions().size());
        for (Count count : summary.versions()) {
            writer.number(count.version()).number(count.clients()).number(count.applied()).number(count.fetched())
                    .number(count.failed()).number(count.unhealthy());
        }
        writer.count(summary.pending().size());
        for (Pending pending : summary.pending()) {
            ItemReport report = pending.report();
            writer.text(pending.client().value()).optionalText(pending.application()).number(report.fetched())
                    .number(report.applied()).count(report.errors().size());
            report.errors().forEach(error -> writer.text(error.property()).text(error.message()));
            writer.instant(pending.reportedAt());
        }
        return writer.toValue();
    }

    /**
     * Reads a summary.
     *
     * @param item the item that it is of, which is in the key
     */
    static DeliverySummary read(ItemName item, KeyValue stored) {
        ValueReader reader = new ValueReader(stored.value(), VERSION);
        int clients = (int) reader.number("clients");
        int versions = reader.count("versions");
        List<Count> counts = new ArrayList<>(versions);
        for (int i = 0; i < versions; i++) {
            counts.add(new Count(reader.number("version"), (int) reader.number("running"),
                    (int) reader.number("applied"), (int) reader.number("fetched"), (int) reader.number("failed"),
                    (int) reader.number("unhealthy")));
        }
        int named = reader.count("pending");
        List<Pending> pending = new ArrayList<>(named);
        for (int i = 0; i < named; i++) {
            pending.add(pending(item, reader));
        }
        reader.end();
        return new DeliverySummary(clients, counts, pending);
    }

    private static Pending pending(ItemName item, ValueReader reader) {
        ClientName client = new ClientName(reader.text("client"));
        @Nullable
        String application = reader.optionalText("application");
        long fetched = reader.number("fetchedVersion");
        long applied = reader.number("appliedVersion");
        int count = reader.count("errors");
        List<BindingError> errors = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            errors.add(new BindingError(reader.text("property"), reader.text("message")));
        }
        Instant at = reader.instant("reportedAt");
        return new Pending(client, application, new ItemReport(item, fetched, applied, errors), at);
    }
}
