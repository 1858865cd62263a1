package dev.roster.server.config.secret;

import dev.roster.server.config.secret.KeyWrapping.Wrapped;
import dev.roster.server.security.AuditContext;
import dev.roster.server.security.NamespaceName;
import dev.roster.server.store.Compare;
import dev.roster.server.store.DeleteKeys;
import dev.roster.server.store.Key;
import dev.roster.server.store.KeyRange;
import dev.roster.server.store.KeyValue;
import dev.roster.server.store.KeysRead;
import dev.roster.server.store.Operation;
import dev.roster.server.store.Outcome;
import dev.roster.server.store.PutKey;
import dev.roster.server.store.ReadView;
import dev.roster.server.store.Revision;
import dev.roster.server.store.Store;
import dev.roster.server.store.Txn;
import dev.roster.server.store.UpdateKey;
import dev.roster.server.store.Value;
import dev.roster.server.store.ValueReader;
import dev.roster.server.store.ValueWriter;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The data keys of namespaces. Those that were unwrapped are kept in memory, so a member goes on while its master key is away.
 * May be used by any thread; methods that change something wait for the store.
 */
final class DataKeys {
    static final String KEY = "config/secret-key/";
    static final String CURRENT = "config/secret-current/";

    private static final int VERSION = 1;
    private static final int ID_BYTES = 8;

    /** Unwrapped keys that are kept: those of thousands of namespaces take less than a megabyte. */
    private static final int MAX_UNWRAPPED = 10_000;

    private static final int READ_AT_ONCE = 200;

    private final Store store;
    private final KeyWrapping wrapping;
    private final SecureRandom random;
    private final InstantSource clock;
    private final Map<String, byte[]> unwrapped = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, byte[]> eldest) {
            return size() > MAX_UNWRAPPED;
        }
    };

    DataKeys(Store store, KeyWrapping wrapping, SecureRandom random, InstantSource clock) {
        this.store = store;
        this.wrapping = wrapping;
        this.random = random;
        this.clock = clock;
    }

    /**
     * The key that encrypts, unwrapped.
     *
     * @param unchanged what holds as long as no other one does
     */
    record Current(String id, Value bytes, Compare unchanged) {}

    /** Returns the key that encrypts in a namespace; makes the first one if there is none. */
    Current current(ReadView view, NamespaceName namespace) {
        Optional<KeyValue> pointer = view.find(pointer(namespace));
        if (pointer.isEmpty()) {
            Compare none = Compare.absent(pointer(namespace));
            var _ = AuditContext.outside(() -> create(namespace, "(first secret)", none, 1, _ -> List.of()));
            // Whether this one or another was first: the view has neither.
            pointer = Outcome.await(store.linearizableView()).find(pointer(namespace));
        }
        KeyValue found = pointer
                .orElseThrow(() -> new DataKeyConflictException(namespace, "were removed at the same time"));
        String id = currentId(found);
        return new Current(id, Value.of(bytes(namespace, id)),
                Compare.modifiedAt(pointer(namespace), found.modified()));
    }

    /**
     * Makes another key that encrypts from now on, and returns its id.
     *
     * @param further what else to do by the same transaction, given the id
     */
    String rotate(NamespaceName namespace, String author, Function<String, List<Operation>> further) {
        ReadView view = Outcome.await(store.linearizableView());
        KeyValue found = view.find(pointer(namespace)).orElseThrow(
                () -> new DataKeyConflictException(namespace, "cannot be rotated: it has none, as it has no secret"));
        long number = find(view, namespace, currentId(found)).map(DataKey::number).orElse(0L) + 1;
        return create(namespace, author, Compare.modifiedAt(pointer(namespace), found.modified()), number, further)
                .orElseThrow(() -> new DataKeyConflictException(namespace, "are being rotated by somebody else"));
    }

    private Optional<String> create(NamespaceName namespace, String author, Compare condition, long number,
            Function<String, List<Operation>> further) {
        byte[] bytes = new byte[AesGcm.KEY_BYTES];
        random.nextBytes(bytes);
        byte[] idBytes = new byte[ID_BYTES];
        random.nextBytes(idBytes);
        String id = HexFormat.of().formatHex(idBytes);
        Wrapped wrapped = wrapping.wrap(bytes, DataKey.context(namespace, id));
        Key key = key(namespace, id);
        DataKey made = new DataKey(namespace, id, number, clock.instant(), author, wrapped,
                new Revision(0));
        List<Operation> operations = new ArrayList<>(further.apply(id));
        operations.add(new PutKey(key, made.write()));
        operations.add(new PutKey(pointer(namespace), new ValueWriter(VERSION).text(id).toValue()));
        boolean done = Outcome
                .await(store.commit(new Txn(List.of(condition, Compare.absent(key)), operations, List.of())))
                .succeeded();
        return done ? Optional.of(id) : Optional.empty();
    }

    /**
     * Returns a key, unwrapped.
     *
     * @throws MasterKeyUnavailableException if it is not there, or cannot be unwrapped here
     */
    byte[] bytes(NamespaceName namespace, String id) {
        String name = namespace + "/" + id;
        synchronized (unwrapped) {
            byte[] known = unwrapped.get(name);
            if (known != null) {
                return known;
            }
        }
        DataKey key = find(store.view(), namespace, id)
                .or(() -> find(Outcome.await(store.linearizableView()), namespace, id))
                .orElseThrow(() -> new MasterKeyUnavailableException(
                        "namespace " + namespace + " has no data key " + id + " (any more)", null));
        byte[] bytes = wrapping.unwrap(key.wrapped(), key.context());
        synchronized (unwrapped) {
            unwrapped.put(name, bytes);
        }
        return bytes;
    }

    /** Tells whether a key is unwrapped, or could be. */
    boolean isUsable(DataKey key) {
        try {
            return Arrays.equals(wrapping.unwrap(key.wrapped(), key.context()), bytes(key.namespace(), key.id()));
        } catch (MasterKeyUnavailableException e) {
            return false;
        }
    }

    /** Wraps a key anew with the master key that wraps now; tells whether that was done or needless. */
    boolean rewrap(DataKey key) {
        Wrapped next = wrapping.wrap(bytes(key.namespace(), key.id()), key.context());
        Key name = key(key.namespace(), key.id());
        return Outcome.await(store.commit(Txn.when(List.of(Compare.modifiedAt(name, key.modified())),
                UpdateKey.keepingLease(name, key.with(next).write()).withoutPrevious()))).succeeded();
    }

    /** Deletes a key that encrypts no more, so that nobody can decrypt what it has encrypted. */
    boolean delete(DataKey key, Compare unchanged) {
        Key name = key(key.namespace(), key.id());
        return Outcome.await(store.commit(Txn.when(List.of(unchanged, Compare.modifiedAt(name, key.modified())),
                new DeleteKeys(name)))).succeeded();
    }

    /** Returns all keys of all namespaces, ordered by namespace. */
    List<DataKey> all(ReadView view) {
        List<DataKey> keys = new ArrayList<>();
        KeyRange range = KeyRange.prefix(KEY);
        while (true) {
            KeysRead read = view.read(range, READ_AT_ONCE);
            read.keys().stream().map(DataKey::read).forEach(keys::add);
            if (!read.more()) {
                return keys;
            }
            range = range.after(read.keys().getLast().key());
        }
    }

    /** Returns the keys of a namespace, the newest first. */
    List<DataKey> of(ReadView view, NamespaceName namespace) {
        return view.read(KeyRange.prefix(KEY + namespace + '/'), READ_AT_ONCE).keys().stream().map(DataKey::read)
                .sorted((a, b) -> Long.compare(b.number(), a.number())).toList();
    }

    /** Returns the id of the key that encrypts, empty if the namespace has none. */
    Optional<String> currentId(ReadView view, NamespaceName namespace) {
        return view.find(pointer(namespace)).map(DataKeys::currentId);
    }

    /** Returns what holds as long as the key that encrypts is that of a view. */
    Compare unchanged(ReadView view, NamespaceName namespace) {
        Key pointer = pointer(namespace);
        return view.find(pointer).map(found -> Compare.modifiedAt(pointer, found.modified()))
                .orElseGet(() -> Compare.absent(pointer));
    }

    private static Optional<DataKey> find(ReadView view, NamespaceName namespace, String id) {
        return view.find(key(namespace, id)).map(DataKey::read);
    }

    private static String currentId(KeyValue pointer) {
        ValueReader reader = new ValueReader(pointer.value(), VERSION);
        String id = reader.text("id");
        reader.end();
        return id;
    }

    private static Key key(NamespaceName namespace, String id) {
        return Key.of(KEY + namespace + '/' + id);
    }

    private static Key pointer(NamespaceName namespace) {
        return Key.of(CURRENT + namespace);
    }
}
