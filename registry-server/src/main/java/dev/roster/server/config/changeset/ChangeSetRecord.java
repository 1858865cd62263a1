package dev.roster.server.config.changeset;

import dev.roster.server.config.ItemName;
import dev.roster.server.config.changeset.ChangeSet.PublishedDraft;
import dev.roster.server.config.changeset.ChangeSet.Schedule;
import dev.roster.server.config.changeset.ChangeSet.Status;
import dev.roster.server.config.changeset.ChangeSet.Verdict;
import dev.roster.server.config.format.DocumentFormat;
import dev.roster.server.store.KeyValue;
import dev.roster.server.store.Value;
import dev.roster.server.store.ValueReader;
import dev.roster.server.store.ValueWriter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The values of the keys of change sets. Version 1; a golden test guards the bytes. */
final class ChangeSetRecord {
    private static final int VERSION = 1;

    private ChangeSetRecord() {}

    static Value write(ChangeSet set) {
        ValueWriter writer = new ValueWriter(VERSION)
                .number(set.number())
                .text(set.about().title())
                .optionalText(set.about().description())
                .choice(set.status())
                .text(set.author())
                .instant(set.createdAt())
                .text(set.updatedBy())
                .instant(set.updatedAt());
        writer.count(set.drafts().size());
        set.drafts().forEach(draft -> write(writer, draft));
        writer.count(set.verdicts().size());
        set.verdicts().forEach(verdict -> writer.text(verdict.reviewer()).flag(verdict.approved())
                .optionalText(verdict.comment()).instant(verdict.at()));
        @Nullable
        Schedule schedule = set.schedule();
        writer.flag(schedule != null);
        if (schedule != null) {
            writer.instant(schedule.at()).text(schedule.by());
        }
        writer.optionalText(set.failure()).count(set.published().size());
        set.published().forEach(one -> writer.text(one.item().value()).number(one.version()));
        return writer.toValue();
    }

    static ChangeSet read(KeyValue stored) {
        ValueReader reader = new ValueReader(stored.value(), VERSION);
        ChangeSet set = new ChangeSet(ChangeSetKeys.readSet(stored.key()), reader.number("number"),
                new About(reader.text("title"), reader.optionalText("description")),
                reader.choice("status", Status.class), reader.text("author"), reader.instant("createdAt"),
                reader.text("updatedBy"), reader.instant("updatedAt"), drafts(reader), verdicts(reader),
                reader.flag("scheduled") ? new Schedule(reader.instant("publishAt"), reader.text("scheduledBy")) : null,
                reader.optionalText("failure"), published(reader));
        reader.end();
        return set;
    }

    static Value writeText(String text) {
        return new ValueWriter(VERSION).text(text).toValue();
    }

    static String readText(KeyValue stored) {
        ValueReader reader = new ValueReader(stored.value(), VERSION);
        String text = reader.text("text");
        reader.end();
        return text;
    }

    static Value writeNumber(long number) {
        return new ValueWriter(VERSION).number(number).toValue();
    }

    static long readNumber(KeyValue stored) {
        ValueReader reader = new ValueReader(stored.value(), VERSION);
        long number = reader.number("number");
        reader.end();
        return number;
    }

    private static void write(ValueWriter writer, DraftEntry draft) {
        @Nullable
        DocumentFormat format = draft.format();
        @Nullable
        Long toVersion = draft.toVersion();
        writer.text(draft.item().value()).choice(draft.action()).number(draft.baseVersion())
                .optionalText(format == null ? null : format.name()).number(toVersion == null ? 0 : toVersion)
                .optionalText(draft.comment()).number(draft.weight()).text(draft.savedBy()).instant(draft.savedAt());
    }

    private static List<DraftEntry> drafts(ValueReader reader) {
        int count = reader.count("drafts");
        List<DraftEntry> drafts = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            ItemName item = new ItemName(reader.text("item"));
            DraftEntry.Action action = reader.choice("action", DraftEntry.Action.class);
            long base = reader.number("baseVersion");
            String format = reader.optionalText("format");
            long toVersion = reader.number("toVersion");
            drafts.add(new DraftEntry(item, action, base, format == null ? null : DocumentFormat.valueOf(format),
                    toVersion == 0 ? null : toVersion, reader.optionalText("comment"), (int) reader.number("weight"),
                    reader.text("savedBy"), reader.instant("savedAt")));
        }
        return drafts;
    }

    private static List<Verdict> verdicts(ValueReader reader) {
        int count = reader.count("verdicts");
        List<Verdict> verdicts = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            verdicts.add(new Verdict(reader.text("reviewer"), reader.flag("approved"), reader.optionalText("comment"),
                    reader.instant("at")));
        }
        return verdicts;
    }

    private static List<PublishedDraft> published(ValueReader reader) {
        int count = reader.count("published");
        List<PublishedDraft> published = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            published.add(new PublishedDraft(new ItemName(reader.text("item")), reader.number("version")));
        }
        return published;
    }
}
