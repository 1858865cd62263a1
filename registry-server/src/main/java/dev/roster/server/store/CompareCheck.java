package dev.roster.server.store;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Decides whether the conditions of a transaction hold, in the newest state. */
final class CompareCheck {

    private CompareCheck() {}

    static boolean allHold(KeyIndex keys, List<Compare> compares) {
        for (Compare compare : compares) {
            if (!holds(keys, compare)) {
                return false;
            }
        }
        return true;
    }

    private static boolean holds(KeyIndex keys, Compare compare) {
        if (compare.range().isSingleKey()) {
            KeyChain chain = keys.find(compare.range().from());
            return holdsFor(chain == null ? null : chain.newest().current, compare);
        }
        boolean any = false;
        for (KeyChain chain : keys.in(compare.range())) {
            KeyValue present = chain.newest().current;
            if (present != null) {
                if (!holdsFor(present, compare)) {
                    return false;
                }
                any = true;
            }
        }
        return any || holdsFor(null, compare);
    }

    /** A key that does not exist has version, revisions and lease 0; no comparison with its value holds. */
    private static boolean holdsFor(@Nullable KeyValue present, Compare compare) {
        Value value = compare.value();
        if (value != null) {
            return present != null && related(present.value().compareTo(value), compare.relation());
        }
        long left = present == null ? 0 : switch (compare.field()) {
            case VERSION -> present.version();
            case CREATED -> present.created().value();
            case MODIFIED -> present.modified().value();
            case LEASE -> present.lease().value();
            case VALUE -> throw new IllegalStateException("a comparison with a value has one");
        };
        return related(Long.compare(left, compare.number()), compare.relation());
    }

    private static boolean related(int order, Compare.Relation relation) {
        return switch (relation) {
            case EQUAL -> order == 0;
            case NOT_EQUAL -> order != 0;
            case LESS -> order < 0;
            case GREATER -> order > 0;
        };
    }
}
