package dev.roster.server.store;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a state machine should do, said as plainly as possible: the whole state is copied for each revision, and a command
 * that is refused half way has worked on a copy that is thrown away.
 */
final class NaiveStore {
    private final HistoryLimits limits;
    private final List<NavigableMap<Key, KeyValue>> states = new ArrayList<>();
    private final List<List<KeyEvent>> changes = new ArrayList<>();
    private final Map<LeaseId, Duration> leases = new TreeMap<>(Comparator.comparingLong(LeaseId::value));
    private long judgingTerm;
    private long oldest;

    /** The revision being made. */
    private NavigableMap<Key, KeyValue> draft = new TreeMap<>();
    private List<KeyEvent> draftChanges = new ArrayList<>();
    private List<Key> puts = new ArrayList<>();
    private List<KeyRange> deletions = new ArrayList<>();

    NaiveStore(HistoryLimits limits) {
        this.limits = limits;
        states.add(new TreeMap<>());
        changes.add(List.of());
    }

    long revision() {
        return states.size() - 1L;
    }

    long oldest() {
        return oldest;
    }

    NavigableMap<Key, KeyValue> stateAt(long revision) {
        return states.get((int) revision);
    }

    List<KeyEvent> changesAt(long revision) {
        return changes.get((int) revision);
    }

    Map<LeaseId, Duration> leases() {
        return leases;
    }

    CommandResult apply(Command command) {
        draft = new TreeMap<>(stateAt(revision()));
        draftChanges = new ArrayList<>();
        puts = new ArrayList<>();
        deletions = new ArrayList<>();
        CommandResult result = switch (command) {
            case Txn txn -> commit(txn);
            case GrantLease grant -> grant(grant);
            case RevokeLeases revoke -> revoke(revoke.ids());
            case ExpireLeases expire -> expire(expire);
            case Compact compact -> compact(compact);
            case Restore _,CommitParts _ -> throw new UnsupportedOperationException("has tests of its own");
        };
        while (revision() - oldest > limits.revisions() || costOfHistory() > limits.bytes()) {
            oldest++;
        }
        return result;
    }

    private TxnResult commit(Txn txn) {
        TxnResult result = run(txn);
        for (int i = 0; i < puts.size(); i++) {
            Key key = puts.get(i);
            if (puts.lastIndexOf(key) != i || deletions.stream().anyMatch(range -> range.contains(key))) {
                throw new InvalidCommandException("key", key, "written once");
            }
        }
        return new TxnResult(result.succeeded(), result.results(), keepDraft());
    }

    private TxnResult run(Txn txn) {
        boolean holds = txn.compares().stream().allMatch(this::holds);
        List<OperationResult> results = new ArrayList<>();
        for (Operation operation : holds ? txn.then() : txn.otherwise()) {
            results.add(switch (operation) {
                case PutKey put -> put(put);
                case UpdateKey update -> update(update);
                case DeleteKeys delete -> {
                    deletions.add(delete.range());
                    List<KeyValue> deleted = delete(delete.range());
                    yield delete.withPrevious()
                            ? new KeysDeleted(deleted)
                            : new KeysDeleted(List.of(), deleted.size());
                }
                case ReadKeys read -> {
                    List<KeyValue> found = in(draft, read.range());
                    yield new KeysRead(found.stream().limit(read.limit()).toList(), found.size() > read.limit());
                }
                case QueryKeys query -> query(query);
                case Txn inner -> run(inner);
            });
        }
        return new TxnResult(holds, results, new Revision(revision() + (draftChanges.isEmpty() ? 0 : 1)));
    }

    private KeyPut put(PutKey put) {
        if (!put.lease().isNone() && !leases.containsKey(put.lease())) {
            throw new LeaseNotFoundException(put.lease());
        }
        puts.add(put.key());
        Revision next = new Revision(revision() + 1);
        KeyValue before = draft.get(put.key());
        KeyValue after = before == null
                ? new KeyValue(put.key(), put.value(), next, next, 1, put.lease())
                : new KeyValue(put.key(), put.value(), before.created(), next, before.version() + 1, put.lease());
        draft.put(put.key(), after);
        draftChanges.add(new KeyEvent(put.key(), after, before));
        return new KeyPut(put.withPrevious() ? before : null);
    }

    private KeyPut update(UpdateKey update) {
        KeyValue kept = stateAt(revision()).get(update.key());
        if (kept == null) {
            throw new KeyNotFoundException(update.key());
        }
        return put(new PutKey(update.key(), update.value() == null ? kept.value() : update.value(),
                update.lease() == null ? kept.lease() : update.lease(), update.withPrevious()));
    }

    private KeysFound query(QueryKeys query) {
        if (query.at() == null) {
            return query(draft, query.query());
        }
        if (query.at().value() > revision()) {
            throw new RevisionAheadException(new Revision(revision()));
        }
        if (query.at().value() < oldest) {
            throw new RevisionCompactedException(new Revision(oldest));
        }
        return query(stateAt(query.at().value()), query.query());
    }

    static KeysFound query(NavigableMap<Key, KeyValue> state, KeyQuery query) {
        List<KeyValue> range = in(state, query.range());
        Comparator<KeyValue> order = switch (query.order().field()) {
            case KEY -> Comparator.comparing(KeyValue::key);
            case VERSION -> Comparator.comparing(KeyValue::version);
            case CREATED -> Comparator.comparing(KeyValue::created);
            case MODIFIED -> Comparator.comparing(KeyValue::modified);
            case VALUE -> (one, two) -> Arrays.compareUnsigned(one.value().toBytes(), two.value().toBytes());
        };
        List<KeyValue> wanted = range.stream()
                .filter(one -> isWithin(one.modified(), query.modified()) && isWithin(one.created(), query.created()))
                .sorted(query.order().descending() ? order.reversed() : order)
                .toList();
        return switch (query.detail()) {
            case COUNT -> new KeysFound(List.of(), false, range.size());
            case WHOLE -> new KeysFound(wanted.stream().limit(query.limit()).toList(), wanted.size() > query.limit(),
                    range.size());
            case WITHOUT_VALUE -> new KeysFound(wanted.stream().limit(query.limit())
                    .map(one -> new KeyValue(one.key(), Value.of(""), one.created(), one.modified(), one.version(),
                            one.lease()))
                    .toList(), wanted.size() > query.limit(), range.size());
        };
    }

    private static boolean isWithin(Revision revision, KeyQuery.Bounds bounds) {
        return bounds.least() <= revision.value() && revision.value() <= bounds.most();
    }

    private List<KeyValue> delete(KeyRange range) {
        List<KeyValue> deleted = in(draft, range);
        for (KeyValue keyValue : deleted) {
            draft.remove(keyValue.key());
            draftChanges.add(new KeyEvent(keyValue.key(), null, keyValue));
        }
        return deleted;
    }

    private boolean holds(Compare compare) {
        List<KeyValue> present = in(stateAt(revision()), compare.range());
        return present.isEmpty() ? holds(compare, null) : present.stream().allMatch(one -> holds(compare, one));
    }

    private static boolean holds(Compare compare, @Nullable KeyValue present) {
        int order;
        if (compare.field() == Compare.Field.VALUE) {
            if (present == null || compare.value() == null) {
                return false;
            }
            order = Arrays.compareUnsigned(present.value().toBytes(), compare.value().toBytes());
        } else {
            long left = switch (compare.field()) {
                case VERSION -> present == null ? 0 : present.version();
                case CREATED -> present == null ? 0 : present.created().value();
                case MODIFIED -> present == null ? 0 : present.modified().value();
                case LEASE -> present == null ? 0 : present.lease().value();
                case VALUE -> throw new AssertionError();
            };
            order = Long.compare(left, compare.number());
        }
        return switch (compare.relation()) {
            case EQUAL -> order == 0;
            case NOT_EQUAL -> order != 0;
            case LESS -> order < 0;
            case GREATER -> order > 0;
        };
    }

    private LeaseGranted grant(GrantLease grant) {
        if (leases.putIfAbsent(grant.id(), grant.ttl()) != null) {
            throw new LeaseExistsException(grant.id());
        }
        return new LeaseGranted(grant.id(), grant.ttl(), new Revision(revision()));
    }

    private LeasesRevoked expire(ExpireLeases expire) {
        boolean late = expire.term() < judgingTerm;
        judgingTerm = Math.max(judgingTerm, expire.term());
        return revoke(late ? List.of() : expire.ids());
    }

    private LeasesRevoked revoke(List<LeaseId> ids) {
        Set<LeaseId> revoked = new LinkedHashSet<>(ids);
        revoked.retainAll(leases.keySet());
        for (LeaseId id : revoked) {
            leases.remove(id);
            for (KeyValue keyValue : List.copyOf(draft.values())) {
                if (keyValue.lease().equals(id)) {
                    delete(KeyRange.of(keyValue.key()));
                }
            }
        }
        return new LeasesRevoked(List.copyOf(revoked), keepDraft());
    }

    private Compacted compact(Compact compact) {
        if (compact.revision().value() > revision()) {
            throw new RevisionAheadException(new Revision(revision()));
        }
        if (compact.revision().value() <= oldest) {
            throw new RevisionCompactedException(new Revision(oldest));
        }
        oldest = compact.revision().value();
        return new Compacted(new Revision(revision()));
    }

    private Revision keepDraft() {
        if (!draftChanges.isEmpty()) {
            states.add(draft);
            changes.add(draftChanges);
        }
        return new Revision(revision());
    }

    private long costOfHistory() {
        long cost = 0;
        for (long at = oldest + 1; at <= revision(); at++) {
            for (KeyEvent change : changesAt(at)) {
                KeyValue previous = change.previous();
                cost += HistoryLimits.CHANGE_BYTES + change.key().size()
                        + (previous == null ? 0 : previous.value().size());
            }
        }
        return cost;
    }

    static List<KeyValue> in(NavigableMap<Key, KeyValue> state, KeyRange range) {
        return state.values().stream().filter(keyValue -> range.contains(keyValue.key())).toList();
    }
}
