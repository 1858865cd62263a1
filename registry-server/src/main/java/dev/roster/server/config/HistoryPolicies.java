package dev.roster.server.config;

import dev.roster.server.security.Caller;
import dev.roster.server.security.NamespaceName;
import dev.roster.server.security.Role;
import dev.roster.server.store.Compare;
import dev.roster.server.store.Key;
import dev.roster.server.store.KeyValue;
import dev.roster.server.store.Outcome;
import dev.roster.server.store.PutKey;
import dev.roster.server.store.ReadView;
import dev.roster.server.store.Store;
import dev.roster.server.store.Txn;
import dev.roster.server.store.ValueReader;
import dev.roster.server.store.ValueWriter;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How much history namespaces keep. What a policy leaves out goes when the item gets its next version. May be used by any thread;
 * a change waits for the store.
 */
public final class HistoryPolicies {
    private static final int VERSION = 1;

    private final Store store;

    /** Keeps them in a store. */
    public HistoryPolicies(Store store) {
        this.store = store;
    }

    /** Returns the policy of a namespace as this member's replica shows it. */
    public HistoryPolicy get(Caller caller, NamespaceName namespace) {
        caller.require(Role.READER);
        return read(store.view(), namespace);
    }

    /**
     * Sets the policy of a namespace.
     *
     * @param expectedNumber number of the policy that the caller has seen
     * @param policy the policy; its number does not matter
     * @throws RulesMismatchException if another one holds
     */
    public HistoryPolicy set(Caller caller, NamespaceName namespace, long expectedNumber, HistoryPolicy policy) {
        caller.require(Role.ADMIN);
        Key key = ConfigKeys.historyPolicy(namespace);
        Optional<KeyValue> stored = Outcome.await(store.linearizableView()).find(key);
        long number = stored.map(HistoryPolicies::read).orElse(HistoryPolicy.DEFAULT).number();
        HistoryPolicy next = new HistoryPolicy(policy.maxVersions(), policy.maxAge(), expectedNumber + 1);
        Compare unchanged = stored.map(found -> Compare.modifiedAt(key, found.modified()))
                .orElseGet(() -> Compare.absent(key));
        PutKey put = new PutKey(key, new ValueWriter(VERSION).number(next.maxVersions())
                .optionalDuration(next.maxAge()).number(next.number()).toValue());
        if (number != expectedNumber
                || !Outcome.await(store.commit(Txn.when(List.of(unchanged), put))).succeeded()) {
            throw new RulesMismatchException(namespace, read(store.view(), namespace).number());
        }
        return next;
    }

    static HistoryPolicy read(ReadView view, NamespaceName namespace) {
        return view.find(ConfigKeys.historyPolicy(namespace)).map(HistoryPolicies::read).orElse(HistoryPolicy.DEFAULT);
    }

    private static HistoryPolicy read(KeyValue stored) {
        ValueReader reader = new ValueReader(stored.value(), VERSION);
        HistoryPolicy policy = new HistoryPolicy((int) reader.number("maxVersions"), reader.optionalDuration("maxAge"),
                reader.number("number"));
        reader.end();
        return policy;
    }

    /**
     * Returns the oldest version of an item that is kept when it gets another one.
     *
     * @param next number of the version that it gets
     */
    static long oldestKept(ReadView view, ItemKey item, long next, Instant now) {
        HistoryPolicy policy = read(view, item.namespace());
        long oldest = Math.max(1, next - policy.maxVersions() + 1);
        if (policy.maxAge() == null || next <= HistoryPolicy.MIN_VERSIONS) {
            return oldest;
        }
        Instant bound = now.minus(policy.maxAge());
        for (KeyValue stored : view.read(ConfigKeys.versions(item, oldest, next - 1), HistoryPolicy.MAX_VERSIONS)
                .keys()) {
            ReleaseEntry entry = ReleaseRecord.readEntry(stored);
            if (entry.version() == next - 1 || !entry.publishedAt().isBefore(bound)) {
                return entry.version();
            }
        }
        return oldest;
    }
}
