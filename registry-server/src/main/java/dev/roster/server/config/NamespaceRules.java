package dev.roster.server.config;

import dev.roster.server.security.AuditContext;
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
import dev.roster.server.store.Value;
import dev.roster.server.store.ValueReader;
import dev.roster.server.store.ValueWriter;
import java.util.List;
import java.util.Optional;

/** What namespaces ask of those who publish in them. May be used by any thread; a change waits for the store. */
public final class NamespaceRules {
    private static final int VERSION = 1;

    private final Store store;

    /** Makes the rules. */
    public NamespaceRules(Store store) {
        this.store = store;
    }

    /** Returns the rules of a namespace as this member's replica shows them. */
    public ReviewRules get(Caller caller, NamespaceName namespace) {
        caller.require(Role.READER);
        return read(store.view(), namespace);
    }

    /**
     * Sets the rules of a namespace. They hold for what is published or approved from then on.
     *
     * @param expectedNumber number of the rules that the caller has seen
     * @param rules the rules; their number does not matter
     * @throws RulesMismatchException if others hold
     */
    public ReviewRules set(Caller caller, NamespaceName namespace, long expectedNumber, ReviewRules rules) {
        caller.require(Role.ADMIN);
        Key key = ConfigKeys.rules(namespace);
        Optional<KeyValue> stored = Outcome.await(store.linearizableView()).find(key);
        long number = stored.map(NamespaceRules::read).orElse(ReviewRules.DEFAULT).number();
        if (number != expectedNumber) {
            throw new RulesMismatchException(namespace, number);
        }
        ReviewRules next = new ReviewRules(rules.reviewRequired(), rules.approvals(), rules.ownApproval(), number + 1);
        AuditContext.note("publish rules of " + namespace, describe(stored.map(NamespaceRules::read)
                .orElse(ReviewRules.DEFAULT)), describe(next));
        boolean done = Outcome.await(store.commit(
                Txn.when(List.of(unchanged(key, stored)), new PutKey(key, write(next))))).succeeded();
        if (!done) {
            throw new RulesMismatchException(namespace, read(store.view(), namespace).number());
        }
        return next;
    }

    private static String describe(ReviewRules rules) {
        return "number " + rules.number() + ", review " + rules.reviewRequired() + ", approvals " + rules.approvals()
                + ", own approval " + rules.ownApproval();
    }

    /** Returns the rules of a namespace at a revision. */
    public static ReviewRules read(ReadView view, NamespaceName namespace) {
        return view.find(ConfigKeys.rules(namespace)).map(NamespaceRules::read).orElse(ReviewRules.DEFAULT);
    }

    /**
     * Sees to it that a namespace may be changed without a change set.
     *
     * @throws ReviewRequiredException if it asks for review
     */
    public static void requireNoReview(ReadView view, NamespaceName namespace) {
        if (read(view, namespace).reviewRequired()) {
            throw new ReviewRequiredException(namespace);
        }
    }

    /** Returns what holds as long as the rules of a namespace are those of a view. */
    public static Compare unchanged(ReadView view, NamespaceName namespace) {
        Key key = ConfigKeys.rules(namespace);
        return unchanged(key, view.find(key));
    }

    private static Compare unchanged(Key key, Optional<KeyValue> seen) {
        return seen.map(found -> Compare.modifiedAt(key, found.modified())).orElseGet(() -> Compare.absent(key));
    }

    static Value write(ReviewRules rules) {
        return new ValueWriter(VERSION).flag(rules.reviewRequired()).number(rules.approvals()).flag(rules.ownApproval())
                .number(rules.number()).toValue();
    }

    static ReviewRules read(KeyValue stored) {
        ValueReader reader = new ValueReader(stored.value(), VERSION);
        ReviewRules rules = new ReviewRules(reader.flag("reviewRequired"), (int) reader.number("approvals"),
                reader.flag("ownApproval"), reader.number("number"));
        reader.end();
        return rules;
    }
}
