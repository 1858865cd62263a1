package dev.roster.server.registry;

import dev.roster.server.store.ValueReader;
import dev.roster.server.store.ValueWriter;

/** A check within the record of its instance: id, method, initial status, deregisterAfter, status, output, since. */
final class CheckFields {
    private static final int REPORT = 0;

    private CheckFields() {}

    static void write(ValueWriter writer, CheckState state) {
        Check check = state.check();
        writer.text(check.id().value());
        switch (check.method()) {
            case CheckMethod.Report report -> writer.octet(REPORT).duration(report.ttl());
        }
        writer.choice(check.initial())
                .optionalDuration(check.deregisterAfter())
                .choice(state.status())
                .text(state.output())
                .instant(state.since());
    }

    static CheckState read(ValueReader reader) {
        CheckId id = new CheckId(reader.text("check"));
        int start = reader.offset();
        int kind = reader.octet("method");
        CheckMethod method = switch (kind) {
            case REPORT -> new CheckMethod.Report(reader.duration("ttl"));
            default -> throw reader.damaged("method", start, "is " + kind + ", which is no method of a check");
        };
        Check check = new Check(id, method, reader.choice("initial", CheckStatus.class),
                reader.optionalDuration("deregisterAfter"));
        return new CheckState(check, reader.choice("status", CheckStatus.class), reader.text("output"),
                reader.instant("since"));
    }
}
