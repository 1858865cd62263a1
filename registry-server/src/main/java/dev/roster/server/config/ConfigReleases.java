package dev.roster.server.config;

import dev.roster.server.config.ReleaseEntry.Action;
import dev.roster.server.config.format.DocumentFormat;
import dev.roster.server.security.Caller;
import dev.roster.server.security.InvalidArgumentException;
import dev.roster.server.security.NamespaceName;
import dev.roster.server.security.Role;
import dev.roster.server.store.Outcome;
import dev.roster.server.store.ReadView;
import dev.roster.server.store.Revision;
import dev.roster.server.store.Store;
import dev.roster.server.store.TxnResult;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Publishes, rolls back, deletes and finds configuration. May be used by any thread; methods that change something wait
 * for the store. Reads show this member's replica.
 *
 * <p>Every change is one transaction, which holds only if the item is just as it was when the change was decided; otherwise
 * the decision is made anew from what is there then. Decisions are made from a view that shows all that was acknowledged
 * before, so that nobody is refused because this member is behind. Each change makes a version, deletions included, and
 * drops the one {@link #MAX_HISTORY} before it.
 */
public final class ConfigReleases {

    /** How many versions of an item are kept, the current one included. Older ones cannot be read or restored. */
    public static final int MAX_HISTORY = 100;

    /** Attempts of one request before it gives up; each one fails only because another request succeeded. */
    private static final int MAX_ATTEMPTS = 16;

    private static final Pattern PREFIX = Pattern.compile("[A-Za-z0-9._-]{0,128}");

    private final Store store;
    private final InstantSource clock;

    /**
     * Makes the releases.
     *
     * @param clock tells when a version was made; nothing is decided by it
     */
    public ConfigReleases(Store store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    /**
     * Publishes a document as the next version of an item.
     *
     * @throws VersionMismatchException if the expectation is not met
     * @throws VersionRequiredException if the item exists and nothing is expected
     */
    public Published publish(Caller caller, ItemKey item, Publication publication, Expectation expected) {
        caller.require(Role.EDITOR);
        return change(item, (_, current) -> {
            check(expected, item, current);
            return new Draft(caller, Action.PUBLISHED, publication.format(), publication.content(), null,
                    publication.comment());
        });
    }

    /**
     * Publishes the document of an earlier version again, as the next version.
     *
     * @param expectedVersion the version believed to be current, null if nothing is
     * @param toVersion the version whose document is wanted
     * @param comment why, to {@value Publication#MAX_COMMENT_CHARACTERS} characters, null if not said
     * @throws ItemNotFoundException if the item does not exist
     * @throws VersionMismatchException if another version is current
     * @throws VersionRequiredException if no version is expected
     * @throws VersionNotFoundException if that version never was, is no longer kept or records a deletion
     */
    public Release rollBack(Caller caller, ItemKey item, @Nullable Long expectedVersion, long toVersion,
            @Nullable String comment) {
        caller.require(Role.EDITOR);
        Publication.checkComment(comment);
        Published published = change(item, (view, current) -> {
            checkExisting(expectedVersion, item, current);
            Release restored = view.findVersion(item, toVersion)
                    .orElseThrow(() -> new VersionNotFoundException(item, toVersion));
            return new Draft(caller, Action.ROLLED_BACK, restored.entry().format(), restored.content(), toVersion,
                    comment);
        });
        return published.release();
    }

    /**
     * Deletes an item. Its history stays, and the next publication goes on counting.
     *
     * @param expectedVersion the version believed to be current, null if nothing is
     * @return the version that records the deletion
     * @throws ItemNotFoundException if the item does not exist
     * @throws VersionMismatchException if another version is current
     * @throws VersionRequiredException if no version is expected
     */
    public ReleaseEntry delete(Caller caller, ItemKey item, @Nullable Long expectedVersion) {
        caller.require(Role.EDITOR);
        Published deleted = change(item, (_, current) -> {
            ReleaseEntry last = checkExisting(expectedVersion, item, current);
            return new Draft(caller, Action.DELETED, last.format(), "", null, null);
        });
        return deleted.release().entry();
    }

    /** Returns the current version of an item, if the item exists. */
    public Optional<Release> findRelease(Caller caller, ItemKey item) {
        return view(caller).findRelease(item);
    }

    /**
     * Returns the current version of an item.
     *
     * @throws ItemNotFoundException if the item does not exist
     */
    public Release getRelease(Caller caller, ItemKey item) {
        return findRelease(caller, item).orElseThrow(() -> new ItemNotFoundException(item));
    }

    /**
     * Returns a version of an item, be it current or not, also after the item was deleted.
     *
     * @throws ItemNotFoundException if there never was such an item
     * @throws VersionNotFoundException if that version never was, is no longer kept or records a deletion
     */
    public Release getVersion(Caller caller, ItemKey item, long version) {
        ConfigView view = view(caller);
        return view.findVersion(item, version).orElseThrow(() -> view.findLast(item).isPresent()
                ? new VersionNotFoundException(item, version)
                : new ItemNotFoundException(item));
    }

    /**
     * Lists the versions of an item, newest first, also after the item was deleted.
     *
     * @param limit most versions wanted, 1 or more
     * @param from where the page begins, null for the first page
     * @throws ItemNotFoundException if there never was such an item
     * @throws dev.roster.server.store.RevisionCompactedException if the revision of the pages before is no longer kept
     */
    public HistoryPage listVersions(Caller caller, ItemKey item, int limit, HistoryPage.@Nullable Position from) {
        ConfigView view = from == null ? view(caller) : viewAt(caller, from.revision());
        if (view.findLast(item).isEmpty()) {
            throw new ItemNotFoundException(item);
        }
        return view.history(item, from == null ? Long.MAX_VALUE : from.before(), limit);
    }

    /**
     * Lists items by name.
     *
     * @param prefix what names must begin with, possibly empty
     * @param limit most items wanted, 1 or more
     * @param from where the page begins, null for the first page
     * @throws dev.roster.server.store.RevisionCompactedException if the revision of the pages before is no longer kept
     */
    public ItemPage listItems(Caller caller, NamespaceName namespace, String prefix, int limit,
            ItemPage.@Nullable Position from) {
        if (!PREFIX.matcher(prefix).matches()) {
            throw new InvalidArgumentException("prefix", prefix,
                    "at most 128 letters, digits, dots, hyphens and underscores");
        }
        ConfigView view = from == null ? view(caller) : viewAt(caller, from.revision());
        return view.items(namespace, prefix, from == null ? null : from.after(), limit);
    }

    private ConfigView view(Caller caller) {
        caller.require(Role.READER);
        return new ConfigView(store.view());
    }

    private ConfigView viewAt(Caller caller, long revision) {
        caller.require(Role.READER);
        return new ConfigView(store.viewAt(new Revision(revision)));
    }

    /** What is to become the next version. */
    private record Draft(Caller author, Action action, DocumentFormat format, String content, @Nullable Long restored,
            @Nullable String comment) {

        ReleaseEntry entry(long version, InstantSource clock) {
            return new ReleaseEntry(version, action, format, sha256(content), restored, comment, clock.instant(),
                    author.name(), ReleaseEntry.NOT_YET);
        }
    }

    /** Decides from what is there; {@code current} is null if the item does not exist. */
    @FunctionalInterface
    private interface Decision {
        Draft decide(ConfigView view, @Nullable ReleaseEntry current);
    }

    private Published change(ItemKey item, Decision decision) {
        for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
            ReadView view = Outcome.await(store.linearizableView());
            ItemState state = ItemState.read(view, item);
            Draft draft = decision.decide(new ConfigView(view), state.current());
            ReleaseEntry entry = draft.entry(state.lastVersion() + 1, clock);
            TxnResult result = Outcome.await(store.commit(state.next(entry, draft.content())));
            if (result.succeeded()) {
                return new Published(new Release(item, entry.at(result.revision().value()), draft.content()),
                        state.current() == null);
            }
        }
        throw new ItemContendedException(item);
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

    private static ReleaseEntry checkExisting(@Nullable Long expected, ItemKey item, @Nullable ReleaseEntry current) {
        if (current == null) {
            throw new ItemNotFoundException(item);
        }
        check(expected == null ? new Expectation.Unstated() : new Expectation.Version(expected), item, current);
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
