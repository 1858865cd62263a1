package dev.roster.server.config.changeset;

import dev.roster.server.config.ChangePlan;
import dev.roster.server.config.Expectation;
import dev.roster.server.config.ItemChange;
import dev.roster.server.config.ItemKey;
import dev.roster.server.config.ItemName;
import dev.roster.server.config.Publication;
import dev.roster.server.config.changeset.DraftEntry.Action;
import dev.roster.server.config.format.DocumentFormat;
import dev.roster.server.store.ReadView;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Makes drafts of changes, and changes of drafts. */
final class Drafts {
    private Drafts() {}

    /**
     * Returns the draft that says the same as a change.
     *
     * @param sealed its document with secrets encrypted, if it publishes one
     */
    static Draft of(ItemChange change, String sealed, String author, Instant now) {
        ItemName item = change.item().name();
        return switch (change) {
            case ItemChange.Publish publish -> {
                Publication document = publish.publication();
                yield new Draft(new DraftEntry(item, Action.PUBLISH, base(publish.expected()), document.format(), null,
                        document.comment(), ChangePlan.weight(sealed, document.comment()), author, now),
                        sealed);
            }
            case ItemChange.RollBack rollBack -> new Draft(new DraftEntry(item, Action.ROLL_BACK,
                    base(rollBack.expectedVersion()), null, rollBack.toVersion(), rollBack.comment(),
                    ChangePlan.weight("", rollBack.comment()), author, now), null);
            case ItemChange.Delete delete -> new Draft(new DraftEntry(item, Action.DELETE,
                    base(delete.expectedVersion()), null, null, delete.comment(),
                    ChangePlan.weight("", delete.comment()), author, now), null);
            case ItemChange.Stage _, ItemChange.Promote _ ->
                throw new IllegalArgumentException("steps of gray releases are no drafts");
            case ItemChange.Undelete undelete -> new Draft(new DraftEntry(item, Action.UNDELETE,
                    base(undelete.expectedVersion()), null, null, undelete.comment(),
                    ChangePlan.weight("", undelete.comment()), author, now), null);
        };
    }

    /**
     * Reads a draft.
     *
     * @throws DraftNotFoundException if the change set has none of the item
     */
    static Draft read(ReadView view, ChangeSet set, ItemName item) {
        DraftEntry entry = set.find(item).orElseThrow(() -> new DraftNotFoundException(set.key(), item));
        return new Draft(entry, view.find(ChangeSetKeys.draft(set.key(), item)).map(ChangeSetRecord::readText)
                .orElse(null));
    }

    /** Returns the change that a draft says. */
    static ItemChange change(ReadView view, ChangeSet set, DraftEntry entry) {
        ItemKey item = new ItemKey(set.key().namespace(), entry.item());
        Long base = entry.baseVersion() == 0 ? null : entry.baseVersion();
        return switch (entry.action()) {
            case PUBLISH -> {
                DocumentFormat format = Objects.requireNonNull(entry.format());
                String content = Objects.requireNonNull(read(view, set, entry.item()).content());
                yield new ItemChange.Publish(item, new Publication(format, content, entry.comment()),
                        base == null ? new Expectation.Absent() : new Expectation.Version(base));
            }
            case ROLL_BACK -> new ItemChange.RollBack(item, base, Objects.requireNonNull(entry.toVersion()),
                    entry.comment());
            case DELETE -> new ItemChange.Delete(item, base, entry.comment());
            case UNDELETE -> new ItemChange.Undelete(item, base, entry.comment());
        };
    }

    private static long base(Expectation expected) {
        return expected instanceof Expectation.Version(long number) ? number : 0;
    }

    private static long base(@Nullable Long version) {
        return version == null ? 0 : version;
    }
}
