package dev.roster.server.store;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Carries a {@link KeyQuery} out in one pass, holding at most twice as many keys as are wanted. */
final class QueryRun {
    private final KeyQuery query;
    private final @Nullable Comparator<KeyValue> order;
    private List<KeyValue> found = new ArrayList<>();
    private long count;
    private long wanted;

    private QueryRun(KeyQuery query) {
        this.query = query;
        this.order = query.order().equals(KeyQuery.Order.BY_KEY) ? null : comparator(query.order());
    }

    /** Queries keys as of a revision that the caller knows to be kept. */
    static KeysFound run(KeyIndex keys, KeyQuery query, long revision) {
        QueryRun run = new QueryRun(query);
        for (KeyChain chain : keys.in(query.range())) {
            KeyValue keyValue = chain.at(revision);
            if (keyValue != null) {
                run.meet(keyValue);
            }
        }
        return run.end();
    }

    /** Meets the keys in their order. */
    private void meet(KeyValue keyValue) {
        count++;
        if (query.detail() == KeyQuery.Detail.COUNT || !query.modified().contain(keyValue.modified())
                || !query.created().contain(keyValue.created())) {
            return;
        }
        wanted++;
        if (order == null) {
            if (found.size() < query.limit()) {
                found.add(keyValue);
            }
            return;
        }
        found.add(keyValue);
        if (found.size() / 2 >= query.limit()) {
            sortAndCut(order);
        }
    }

    private KeysFound end() {
        if (order != null) {
            sortAndCut(order);
        }
        boolean more = wanted > found.size();
        List<KeyValue> keys = query.detail() == KeyQuery.Detail.WITHOUT_VALUE
                ? found.stream().map(KeyValue::withoutValue).toList()
                : found;
        return new KeysFound(keys, more, count);
    }

    /** The sort is stable and the keys were met in their order, so those that are equal stay in it. */
    private void sortAndCut(Comparator<KeyValue> comparator) {
        found.sort(comparator);
        if (found.size() > query.limit()) {
            found = new ArrayList<>(found.subList(0, query.limit()));
        }
    }

    private static Comparator<KeyValue> comparator(KeyQuery.Order order) {
        Comparator<KeyValue> ascending = switch (order.field()) {
            case KEY -> Comparator.comparing(KeyValue::key);
            case VERSION -> Comparator.comparingLong(KeyValue::version);
            case CREATED -> Comparator.comparing(KeyValue::created);
            case MODIFIED -> Comparator.comparing(KeyValue::modified);
            case VALUE -> (one, other) -> one.value().compareTo(other.value());
        };
        return order.descending() ? ascending.reversed() : ascending;
    }
}
