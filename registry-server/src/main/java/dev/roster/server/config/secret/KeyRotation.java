package dev.roster.server.config.secret;

import dev.roster.server.config.secret.SecretVault.Sealed;
import dev.roster.server.security.AuditContext;
import dev.roster.server.security.Caller;
import dev.roster.server.security.NamespaceName;
import dev.roster.server.security.Role;
import dev.roster.server.store.Compare;
import dev.roster.server.store.Key;
import dev.roster.server.store.KeyRange;
import dev.roster.server.store.KeyValue;
import dev.roster.server.store.KeysRead;
import dev.roster.server.store.Operation;
import dev.roster.server.store.Outcome;
import dev.roster.server.store.PutKey;
import dev.roster.server.store.ReadView;
import dev.roster.server.store.Store;
import dev.roster.server.store.StoreException;
import dev.roster.server.store.Txn;
import dev.roster.server.store.UpdateKey;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Replaces data keys and master keys while everybody goes on reading and writing. May be used by any thread; methods that
 * change something wait for the store.
 *
 * <p>A new data key encrypts from the moment it is stored. What older ones have encrypted, history and drafts included, is
 * encrypted anew in batches by the member that leads, each batch by one transaction with the note how far it is; so another
 * leader goes on where the last one was. The older keys stay until that is done, so whatever is read decrypts at any moment.
 * Then all but the newest of them are deleted: that one may still be in documents that an author has read and not yet given
 * back.
 */
public final class KeyRotation {

    /** Records that one batch looks at, and that one transaction writes at most. */
    private static final int BATCH = 200;

    /** Most characters that one transaction writes; a command may have some two million bytes. */
    private static final int MAX_BATCH_CHARACTERS = 256 * 1024;

    /** Batches of one round: some thousand records, or a megabyte written. */
    private static final int BATCHES_OF_A_ROUND = 4;

    /** Most data keys that one call wraps anew. */
    static final int MAX_REWRAPPED = 500;

    private static final String STATE = "config/secret-rotation/";

    private static final Logger log = LoggerFactory.getLogger(KeyRotation.class);

    private final Store store;
    private final SecretVault vault;
    private final KeyWrapping wrapping;
    private final List<SealedRecords> kinds;
    private final BooleanSupplier leads;
    private final InstantSource clock;

    /**
     * Makes it; nothing is encrypted anew until {@link #round} is called.
     *
     * @param kinds all records that hold documents, always in the same order
     * @param leads whether this member leads
     */
    public KeyRotation(Store store, SecretVault vault, KeyWrapping wrapping, List<SealedRecords> kinds,
            BooleanSupplier leads, InstantSource clock) {
        this.store = store;
        this.vault = vault;
        this.wrapping = wrapping;
        this.kinds = List.copyOf(kinds);
        this.leads = leads;
        this.clock = clock;
    }

    /**
     * The keys of a namespace.
     *
     * @param revision the store revision that this shows
     * @param current id of the key that encrypts, empty if the namespace has no secret
     * @param keys the newest first, without the keys themselves
     * @param rotation the last rotation, empty if there was none
     */
    public record Status(long revision, String current, List<KeyStatus> keys, Optional<RotationState> rotation) {
        public Status {
            keys = List.copyOf(keys);
        }
    }

    /**
     * A data key.
     *
     * @param usable whether this member can unwrap it
     */
    public record KeyStatus(DataKey key, boolean usable) {}

    /**
     * What came of a rotation of the master key.
     *
     * @param masterKey id of the master key that wraps
     * @param rewrapped data keys that were wrapped anew
     * @param remaining data keys that are still wrapped by others, because of the limit of one call or of what others did
     *     meanwhile
     */
    public record Rewrapped(String masterKey, int rewrapped, int remaining) {}

    /** Returns the keys of a namespace as this member's replica shows them. */
    public Status status(Caller caller, NamespaceName namespace) {
        caller.require(Role.ADMIN);
        return status(store.view(), namespace);
    }

    private Status status(ReadView view, NamespaceName namespace) {
        DataKeys keys = vault.keys();
        return new Status(view.revision().value(), keys.currentId(view, namespace).orElse(""),
                keys.of(view, namespace).stream().map(key -> new KeyStatus(key, keys.isUsable(key))).toList(),
                view.find(state(namespace)).map(RotationState::read));
    }

    /**
     * Has another data key encrypt the secrets of a namespace.
     *
     * @throws DataKeyConflictException if the namespace has no secret, or somebody else does the same
     */
    public Status rotate(Caller caller, NamespaceName namespace) {
        caller.require(Role.ADMIN);
        String before = vault.keys().currentId(store.view(), namespace).orElse("none");
        vault.keys().rotate(namespace, caller.name(), id -> {
            AuditContext.note(namespace.value(), "data key " + before, "data key " + id);
            return List.of(new PutKey(state(namespace), RotationState.begin(id, clock.instant()).write()));
        });
        return status(store.view(), namespace);
    }

    /** Makes a new master key wrap, where that is up to this member, and wraps data keys anew that another one has wrapped. */
    public Rewrapped rotateMasterKey(Caller caller) {
        caller.require(Role.ADMIN);
        DataKeys keys = vault.keys();
        List<DataKey> all = keys.all(Outcome.await(store.linearizableView()));
        String before = wrapping.current();
        // Those that an earlier call has left: another key now would leave them further behind.
        if (all.stream().allMatch(key -> key.wrapped().masterKey().equals(before))) {
            wrapping.renew();
        }
        String master = wrapping.current();
        List<DataKey> others = all.stream().filter(key -> !key.wrapped().masterKey().equals(master)).toList();
        AuditContext.note("master key", before, master);
        // One entry of the audit log for all of them.
        int done = AuditContext.outside(() -> (int) others.stream().limit(MAX_REWRAPPED).filter(keys::rewrap).count());
        return new Rewrapped(master, done, others.size() - done);
    }

    /** Goes on with what is under way. What the store cannot do now is tried again in the next round. */
    public void round() {
        if (!leads.getAsBoolean()) {
            return;
        }
        try {
            for (KeyValue stored : store.view().read(KeyRange.prefix(STATE), BATCH).keys()) {
                NamespaceName namespace = new NamespaceName(stored.key().utf8().substring(STATE.length()));
                boolean more = RotationState.read(stored).finishedAt() == null;
                for (int i = 0; i < BATCHES_OF_A_ROUND && more; i++) {
                    more = batch(namespace);
                }
            }
        } catch (StoreException e) {
            log.debug("The re-encryption waits for the store: {}", e.getMessage());
        } catch (MasterKeyUnavailableException e) {
            log.warn("The re-encryption of secrets waits for the master key: {}", e.getMessage());
        }
    }

    /** Does a batch; tells whether there is more to do. */
    private boolean batch(NamespaceName namespace) {
        ReadView view = store.view();
        KeyValue stored = view.find(state(namespace)).orElse(null);
        if (stored == null) {
            return false;
        }
        RotationState state = RotationState.read(stored);
        if (state.finishedAt() != null) {
            return false;
        }
        if (state.kind() == kinds.size()) {
            finish(view, namespace, stored, state);
            return false;
        }
        Batch batch = new Batch(view, kinds.get(state.kind()), namespace, state);
        List<Compare> compares = batch.compares;
        compares.add(Compare.modifiedAt(stored.key(), stored.modified()));
        List<Operation> operations = batch.operations;
        operations.add(new PutKey(stored.key(), batch.next().write()).withoutPrevious());
        Outcome.await(store.commit(new Txn(compares, operations, List.of())));
        return true;
    }

    private void finish(ReadView view, NamespaceName namespace, KeyValue stored, RotationState state) {
        DataKeys keys = vault.keys();
        if (state.unreadable() == 0) {
            Compare unchanged = keys.unchanged(view, namespace);
            keys.of(view, namespace).stream().skip(2).forEach(key -> keys.delete(key, unchanged));
        } else {
            log.warn("Namespace {} has {} documents whose secrets do not decrypt; no data key was deleted", namespace,
                    state.unreadable());
        }
        Outcome.await(store.commit(Txn.when(List.of(Compare.modifiedAt(stored.key(), stored.modified())),
                new PutKey(stored.key(), state.finished(clock.instant()).write()))));
        log.info("All secrets of namespace {} are encrypted by data key {}: {} documents checked, {} encrypted anew",
                namespace, state.key(), state.checked(), state.reencrypted());
    }

    private static Key state(NamespaceName namespace) {
        return Key.of(STATE + namespace);
    }

    /** Some records of one kind, and what is to become of them. */
    private final class Batch {
        private final List<Compare> compares = new ArrayList<>();
        private final List<Operation> operations = new ArrayList<>();
        private final RotationState before;
        private Key last;
        private boolean end;
        private int checked;
        private int unreadable;

        Batch(ReadView view, SealedRecords kind, NamespaceName namespace, RotationState before) {
            this.before = before;
            Key after = before.after();
            KeyRange all = kind.range(namespace);
            KeysRead read = view.read(after == null ? all : all.after(after), BATCH);
            last = after == null ? all.from() : after;
            end = !read.more();
            int characters = 0;
            for (KeyValue stored : read.keys()) {
                if (characters > MAX_BATCH_CHARACTERS) {
                    end = false;
                    break;
                }
                characters += add(view, stored, kind.read(view, stored));
                last = stored.key();
                checked++;
            }
        }

        /** Returns how many characters are written. */
        private int add(ReadView view, KeyValue stored, Optional<SealedRecords.Sealed> found) {
            if (found.isEmpty()) {
                return 0;
            }
            SealedRecords.Sealed document = found.get();
            try {
                Sealed sealed = vault.reseal(view, document.place(), document.format(), document.content());
                if (sealed.content().equals(document.content())) {
                    return 0;
                }
                for (Compare compare : sealed.compares()) {
                    if (!compares.contains(compare)) {
                        compares.add(compare);
                    }
                }
                compares.add(Compare.modifiedAt(stored.key(), stored.modified()));
                operations.add(UpdateKey
                        .keepingLease(stored.key(), document.rewritten().apply(sealed.content())).withoutPrevious());
                return sealed.content().length();
            } catch (SecretUnreadableException e) {
                log.error("{}: {}", stored.key(), e.getMessage());
                unreadable++;
                return 0;
            }
        }

        RotationState next() {
            return end
                    ? before.at(before.kind() + 1, null, checked, operations.size(), unreadable)
                    : before.at(before.kind(), Objects.requireNonNull(last), checked, operations.size(), unreadable);
        }
    }
}
