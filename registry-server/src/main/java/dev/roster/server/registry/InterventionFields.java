package dev.roster.server.registry;

import dev.roster.server.store.ValueReader;
import dev.roster.server.store.ValueWriter;
import org.jspecify.annotations.Nullable;

/** What people have decided, within the record of an instance and, for maintenance, in that of a host. */
final class InterventionFields {
    private InterventionFields() {}

    static void write(ValueWriter writer, Interventions interventions) {
        OperatorOverride override = interventions.override();
        writer.flag(override != null);
        if (override != null) {
            write(writer, override);
        }
        HostMaintenance maintenance = interventions.maintenance();
        writer.flag(maintenance != null);
        if (maintenance != null) {
            write(writer, maintenance);
        }
    }

    static Interventions read(ValueReader reader) {
        @Nullable
        OperatorOverride override = reader.flag("override") ? override(reader) : null;
        return new Interventions(override, reader.flag("maintenance") ? maintenance(reader) : null);
    }

    static void write(ValueWriter writer, HostMaintenance maintenance) {
        writer.text(maintenance.host()).text(maintenance.reason()).text(maintenance.by()).instant(maintenance.at());
    }

    static HostMaintenance maintenance(ValueReader reader) {
        return new HostMaintenance(reader.text("host"), reader.text("reason"), reader.text("by"), reader.instant("at"));
    }

    private static void write(ValueWriter writer, OperatorOverride override) {
        InstanceStatus status = override.status();
        writer.flag(status != null);
        if (status != null) {
            writer.choice(status);
        }
        Double weight = override.weight();
        writer.flag(weight != null);
        if (weight != null) {
            writer.fixed(Double.doubleToLongBits(weight));
        }
        writer.textMap(override.metadata()).text(override.reason()).text(override.by()).instant(override.at());
    }

    private static OperatorOverride override(ValueReader reader) {
        @Nullable
        InstanceStatus status = reader.flag("status") ? reader.choice("status", InstanceStatus.class) : null;
        @Nullable
        Double weight = reader.flag("weight") ? Double.longBitsToDouble(reader.fixed("weight")) : null;
        return new OperatorOverride(status, weight, reader.textMap("metadata"), reader.text("reason"),
                reader.text("by"), reader.instant("at"));
    }
}
