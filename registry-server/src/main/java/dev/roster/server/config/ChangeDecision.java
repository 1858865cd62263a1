package dev.roster.server.config;

import dev.roster.server.config.ReleaseEntry.Action;
import dev.roster.server.config.format.DocumentFormat;
import dev.roster.server.config.secret.SecretPlace;
import dev.roster.server.config.secret.SecretVault;
import dev.roster.server.security.AuditContext;
import dev.roster.server.store.Compare;
import dev.roster.server.store.Operation;
import dev.roster.server.store.ReadView;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of one item, decided from what is there.
 *
 * @param state the item as it was
 * @param entry the version that is to be its next
 * @param content its document with secrets encrypted, empty for a deletion
 * @param compares what must hold beside the item being as it was
 * @param forgotten drops what the history does not keep from then on
 */
record ChangeDecision(ItemState state, ReleaseEntry entry, String content, List<Compare> compares,
        List<Operation> forgotten) {

    /**
     * Decides a change.
     *
     * @param author name of the user in whose name it is made
     * @throws ConfigException if what is there is not what the author believes
     */
    static ChangeDecision of(ReadView view, ItemChange change, String author, Instant now, SecretVault vault) {
        ItemState state = ItemState.read(view, change.item());
        if (state.hasGrayRelease() && !(change instanceof ItemChange.Promote)) {
            throw new GrayReleaseRunningException(change.item());
        }
        Next next = switch (change) {
            case ItemChange.Publish publish -> publish(state, publish);
            case ItemChange.RollBack rollBack -> rollBack(view, state, rollBack);
            case ItemChange.Delete delete -> delete(state, delete);
            case ItemChange.Undelete undelete -> undelete(view, state, undelete);
            case ItemChange.Stage stage -> stage(state, stage);
            case ItemChange.Promote promote -> promote(view, state, promote);
        };
        SecretPlace place = new SecretPlace(state.item().namespace(), state.item().name().value());
        boolean written = change instanceof ItemChange.Publish || change instanceof ItemChange.Stage;
        SecretVault.Sealed sealed = written
                ? vault.seal(view, place, next.format, next.content)
                : vault.reseal(view, place, next.format, next.content);
        ReleaseEntry entry = new ReleaseEntry(state.lastVersion() + 1, next.action, next.format,
                sha256(sealed.content()),
                next.restored, next.comment, now, author, ReleaseEntry.NOT_YET);
        note(state, entry);
        long oldestKept = HistoryPolicies.oldestKept(view, state.item(), entry.version(), now);
        return new ChangeDecision(state, entry, sealed.content(), sealed.compares(),
                state.forget(view, entry, oldestKept));
    }

    private static void note(ItemState state, ReleaseEntry entry) {
        ReleaseEntry before = state.current();
        AuditContext.note("item " + state.item(), before == null ? "none" : describe(before), describe(entry));
    }

    private static String describe(ReleaseEntry entry) {
        return entry.action() == Action.DELETED
                ? "version " + entry.version() + ", deleted"
                : "version " + entry.version() + ", sha256 " + entry.contentHash();
    }

    /** Returns what it takes of {@link ChangePlan#MAX_CONTENT_BYTES}. */
    int weight() {
        return ChangePlan.weight(content, entry.comment());
    }

    private record Next(Action action, DocumentFormat format, String content, @Nullable Long restored,
            @Nullable String comment) {}

    private static Next publish(ItemState state, ItemChange.Publish change) {
        check(change.expected(), state.item(), state.current());
        Publication publication = change.publication();
        return new Next(Action.PUBLISHED, publication.format(), publication.content(), null, publication.comment());
    }

    private static Next rollBack(ReadView view, ItemState state, ItemChange.RollBack change) {
        checkExisting(change.expectedVersion(), state);
        return restored(view, state.item(), change.toVersion(), Action.ROLLED_BACK, change.comment());
    }

    private static Next delete(ItemState state, ItemChange.Delete change) {
        ReleaseEntry last = checkExisting(change.expectedVersion(), state);
        return new Next(Action.DELETED, last.format(), "", null, change.comment());
    }

    private static Next undelete(ReadView view, ItemState state, ItemChange.Undelete change) {
        ReleaseEntry current = state.current();
        if (current != null) {
            throw new VersionMismatchException(state.item(), current.version());
        }
        long deletion = state.lastVersion();
        if (deletion == 0) {
            throw new ItemNotFoundException(state.item());
        }
        Long expected = change.expectedVersion();
        if (expected == null) {
            throw new VersionRequiredException(state.item(), deletion);
        }
        if (expected != deletion) {
            throw new VersionMismatchException(state.item(), deletion);
        }
        return restored(view, state.item(), lastCurrent(view, state.item(), deletion), Action.ROLLED_BACK,
                change.comment());
    }

    /** Returns the version that a deletion ended. Only what exists is deleted; what was only staged never was current. */
    private static long lastCurrent(ReadView view, ItemKey item, long deletion) {
        return new ConfigView(view).history(item, deletion, ConfigReleases.MAX_HISTORY).versions().stream()
                .filter(entry -> entry.action() != Action.STAGED).mapToLong(ReleaseEntry::version).findFirst()
                .orElse(deletion - 1);
    }

    private static Next stage(ItemState state, ItemChange.Stage change) {
        checkExisting(change.expectedVersion(), state);
        Publication publication = change.publication();
        return new Next(Action.STAGED, publication.format(), publication.content(), null, publication.comment());
    }

    private static Next promote(ReadView view, ItemState state, ItemChange.Promote change) {
        checkExisting(change.expectedVersion(), state);
        return restored(view, state.item(), change.staged(), Action.PROMOTED, change.comment());
    }

    private static Next restored(ReadView view, ItemKey item, long version, Action action, @Nullable String comment) {
        Release release = new ConfigView(view).findVersion(item, version)
                .orElseThrow(() -> new VersionNotFoundException(item, version));
        return new Next(action, release.entry().format(), release.content(), version, comment);
    }

    private static void check(Expectation expected, ItemKey item, @Nullable ReleaseEntry current) {
        switch (expected) {
            case Expectation.Unstated() -> {
                if (current != null) {
                    throw new VersionRequiredException(item, current.version());
                }
            }
            case Expectation.Absent() -> {
                if (current != null) {
                    throw new VersionMismatchException(item, current.version());
                }
            }
            case Expectation.Version(long number) -> {
                if (current == null || current.version() != number) {
                    throw new VersionMismatchException(item, current == null ? null : current.version());
                }
            }
        }
    }

    private static ReleaseEntry checkExisting(@Nullable Long expected, ItemState state) {
        ReleaseEntry current = state.current();
        if (current == null) {
            throw new ItemNotFoundException(state.item());
        }
        check(expected == null ? new Expectation.Unstated() : new Expectation.Version(expected), state.item(), current);
        return current;
    }

    private static String sha256(String content) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(content.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
