package dev.roster.server.config.changeset;

import dev.roster.server.config.ChangePlan;
import dev.roster.server.config.ItemChange;
import dev.roster.server.config.ItemName;
import dev.roster.server.config.changeset.ChangeSet.Status;
import dev.roster.server.config.check.DocumentChecks;
import dev.roster.server.config.secret.SecretPlace;
import dev.roster.server.config.secret.SecretVault;
import dev.roster.server.security.Caller;
import dev.roster.server.security.InvalidArgumentException;
import dev.roster.server.security.NamespaceName;
import dev.roster.server.security.Role;
import dev.roster.server.store.Compare;
import dev.roster.server.store.DeleteKeys;
import dev.roster.server.store.Key;
import dev.roster.server.store.KeyValue;
import dev.roster.server.store.KeysRead;
import dev.roster.server.store.Operation;
import dev.roster.server.store.Outcome;
import dev.roster.server.store.PutKey;
import dev.roster.server.store.ReadView;
import dev.roster.server.store.Revision;
import dev.roster.server.store.Store;
import dev.roster.server.store.Txn;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes, reads and edits change sets. May be used by any thread; methods that change something wait for the store. Reads
 * show this member's replica.
 *
 * <p>Whoever changes a change set says which number of it they have seen; with another one they are refused with
 * {@link ChangeSetMismatchException}, and with {@link ChangeSetNotFoundException} if there is none.
 */
public final class ChangeSets {

    /** Most change sets of a namespace that are neither published nor abandoned. */
    public static final int MAX_OPEN = 200;

    /** How many change sets of a namespace are kept, the newest. Older ones are dropped once they are finished. */
    public static final int KEPT = 1000;

    private static final int MAX_ATTEMPTS = 64;

    private final Store store;
    private final InstantSource clock;
    private final SecretVault vault;

    /** Makes change sets of documents without secrets; those with some are refused. */
    public ChangeSets(Store store, InstantSource clock) {
        this(store, clock, SecretVault.closed(store, clock));
    }

    /**
     * Makes the change sets.
     *
     * @param clock tells when something was done; nothing is decided by it
     * @param vault encrypts secrets before they are stored
     */
    public ChangeSets(Store store, InstantSource clock, SecretVault vault) {
        this.vault = vault;
        this.store = store;
        this.clock = clock;
    }

    /**
     * Makes an empty change set.
     *
     * @throws TooManyChangeSetsException if {@value #MAX_OPEN} of the namespace are open
     */
    public ChangeSet create(Caller caller, NamespaceName namespace, About about) {
        caller.require(Role.EDITOR);
        ChangeSetKey key = new ChangeSetKey(namespace, 0);
        for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
            ReadView view = Outcome.await(store.linearizableView());
            key = new ChangeSetKey(namespace, ChangeSetUpdate.lastId(view, namespace) + 1);
            if (view.count(ChangeSetKeys.allOpen(namespace)) >= MAX_OPEN) {
                throw new TooManyChangeSetsException(key);
            }
            Instant now = clock.instant();
            ChangeSet set = new ChangeSet(key, 1, about, Status.OPEN, caller.name(), now, caller.name(), now, List.of(),
                    List.of(), null, null, List.of());
            if (Outcome.await(store.commit(creation(view, set))).succeeded()) {
                return set;
            }
        }
        throw new ChangeSetMismatchException(key, 1);
    }

    /** Returns a change set. */
    public ChangeSet get(Caller caller, ChangeSetKey key) {
        caller.require(Role.READER);
        return ChangeSetUpdate.read(store.view(), key);
    }

    /**
     * Lists change sets, newest first.
     *
     * @param limit most change sets wanted, 1 or more
     * @param from where the page begins, null for the first page
     * @throws dev.roster.server.store.RevisionCompactedException if the revision of the pages before is no longer kept
     */
    public ChangeSetPage list(Caller caller, NamespaceName namespace, int limit,
            ChangeSetPage.@Nullable Position from) {
        caller.require(Role.READER);
        ReadView view = from == null ? store.view() : store.viewAt(new Revision(from.revision()));
        long before = from == null ? ChangeSetUpdate.lastId(view, namespace) + 1 : from.before();
        List<ChangeSet> sets = new ArrayList<>();
        long id = before - 1;
        long oldest = oldest(view, namespace, before);
        while (id >= oldest && sets.size() < limit) {
            view.find(ChangeSetKeys.set(new ChangeSetKey(namespace, id))).map(ChangeSetRecord::read)
                    .ifPresent(sets::add);
            id--;
        }
        return new ChangeSetPage(view.revision().value(), sets, id >= oldest);
    }

    /**
     * Returns the draft of an item.
     *
     * @throws DraftNotFoundException if there is none
     */
    public Draft getDraft(Caller caller, ChangeSetKey key, ItemName item) {
        caller.require(Role.READER);
        return Drafts.read(store.view(), ChangeSetUpdate.read(store.view(), key), item);
    }

    /**
     * Saves what is to become of an item, in place of what was saved before. A document is checked just as when it is published,
     * so that its author learns of a mistake and not its reviewer; it is checked again then, since the schema of the item and
     * what its application says may be others by that time.
     *
     * @throws dev.roster.server.config.InvalidDocumentException if the document would not be published
     * @throws ChangeSetStateException unless the change set is open
     * @throws InvalidArgumentException if it would have too many or too large drafts
     */
    public ChangeSet saveDraft(Caller caller, ChangeSetKey key, long expectedNumber, ItemChange change) {
        caller.require(Role.EDITOR);
        if (!change.item().namespace().equals(key.namespace())) {
            throw new IllegalArgumentException(change.item() + " is not in the namespace of " + key);
        }
        return ChangeSetUpdate.commit(store, key, expectedNumber, (view, set) -> {
            requireOpen(set);
            if (change instanceof ItemChange.Publish publish) {
                publish.publication().requireAllowed(change.item(), new DocumentChecks(view));
            }
            Instant now = clock.instant();
            SecretVault.Sealed sealed = sealed(view, change);
            Draft draft = Drafts.of(change, sealed.content(), caller.name(), now);
            List<DraftEntry> drafts = new ArrayList<>(set.drafts());
            drafts.removeIf(known -> known.item().equals(draft.entry().item()));
            drafts.add(draft.entry());
            drafts.sort(Comparator.comparing(DraftEntry::item));
            checkSize(drafts);
            Key contentKey = ChangeSetKeys.draft(key, draft.entry().item());
            String content = draft.content();
            return new ChangeSetUpdate(set.with(Status.OPEN, caller.name(), now).withDrafts(drafts), sealed.compares(),
                    List.of(content == null
                            ? new DeleteKeys(contentKey)
                            : new PutKey(contentKey, ChangeSetRecord.writeText(content))));
        });
    }

    /** Returns the document of a change with its secrets encrypted, an empty one if it has none. */
    private SecretVault.Sealed sealed(ReadView view, ItemChange change) {
        return change instanceof ItemChange.Publish publish
                ? vault.seal(view, new SecretPlace(change.item().namespace(), change.item().name().value()),
                        publish.publication().format(), publish.publication().content())
                : new SecretVault.Sealed("", List.of());
    }

    /**
     * Takes an item out of a change set.
     *
     * @throws ChangeSetStateException unless the change set is open
     * @throws DraftNotFoundException if it has no draft of the item
     */
    public ChangeSet removeDraft(Caller caller, ChangeSetKey key, long expectedNumber, ItemName item) {
        caller.require(Role.EDITOR);
        return ChangeSetUpdate.commit(store, key, expectedNumber, (view, set) -> {
            requireOpen(set);
            DraftEntry draft = set.find(item).orElseThrow(() -> new DraftNotFoundException(key, item));
            List<DraftEntry> drafts = new ArrayList<>(set.drafts());
            drafts.remove(draft);
            return ChangeSetUpdate.of(set.with(Status.OPEN, caller.name(), clock.instant()).withDrafts(drafts),
                    new DeleteKeys(ChangeSetKeys.draft(key, item)));
        });
    }

    private Txn creation(ReadView view, ChangeSet set) {
        ChangeSetKey key = set.key();
        Key last = ChangeSetKeys.last(key.namespace());
        Optional<KeyValue> seen = view.find(last);
        List<Operation> operations = new ArrayList<>();
        operations.add(new PutKey(last, ChangeSetRecord.writeNumber(key.id())));
        operations.add(new PutKey(ChangeSetKeys.set(key), ChangeSetRecord.write(set)));
        operations.add(new PutKey(ChangeSetKeys.open(key), ChangeSetRecord.writeNumber(key.id())));
        finishedBefore(view, key.namespace(), key.id() - KEPT + 1)
                .ifPresent(old -> operations.add(new DeleteKeys(ChangeSetKeys.set(old))));
        return new Txn(List.of(seen.map(found -> Compare.modifiedAt(last, found.modified()))
                .orElseGet(() -> Compare.absent(last))), operations, List.of());
    }

    /** Returns the oldest finished change set below an id. At most {@link #MAX_OPEN} before it are not finished. */
    private static Optional<ChangeSetKey> finishedBefore(ReadView view, NamespaceName namespace, long id) {
        if (id <= 1) {
            return Optional.empty();
        }
        KeysRead oldest = view.read(ChangeSetKeys.setsBefore(namespace, id), MAX_OPEN + 1);
        return oldest.keys().stream().map(found -> ChangeSetKeys.readSet(found.key()))
                .filter(key -> view.find(ChangeSetKeys.open(key)).isEmpty()).findFirst();
    }

    private static long oldest(ReadView view, NamespaceName namespace, long before) {
        KeysRead first = view.read(ChangeSetKeys.setsBefore(namespace, before), 1);
        return first.keys().isEmpty() ? before : ChangeSetKeys.readSet(first.keys().getFirst().key()).id();
    }

    private static void requireOpen(ChangeSet set) {
        if (set.status() != Status.OPEN) {
            throw new ChangeSetStateException(set.key(), set.status(), "open");
        }
    }

    private static void checkSize(List<DraftEntry> drafts) {
        if (drafts.size() > ChangePlan.MAX_CHANGES) {
            throw new InvalidArgumentException("drafts", drafts.size() + " items",
                    "at most " + ChangePlan.MAX_CHANGES + " items in a change set");
        }
        long weight = drafts.stream().mapToLong(DraftEntry::weight).sum();
        if (weight > ChangePlan.MAX_CONTENT_BYTES) {
            throw new InvalidArgumentException("drafts", weight + " bytes",
                    "at most " + ChangePlan.MAX_CONTENT_BYTES + " bytes in a change set");
        }
    }
}
