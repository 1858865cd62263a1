package dev.roster.server.config;

import dev.roster.server.security.InvalidArgumentException;
import dev.roster.server.store.Compare;
import dev.roster.server.store.Operation;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What one transaction is to do: changes of items, and what others keep beside them.
 *
 * @param author name of the user in whose name the changes are made
 * @param changes 1 change or more, each of another item
 * @param compares what must hold beside the items being as they were
 * @param further what to do beside the changes, given the versions that they make, in their order
 * @param size how much it may be
 */
public record ChangePlan(String author, List<ItemChange> changes, List<Compare> compares,
        Function<List<ReleaseEntry>, List<Operation>> further, Size size) {

    /**
     * Most changes of one plan. Each takes up to four operations and two compares of a transaction, which may have 1,024 of
     * either.
     */
    public static final int MAX_CHANGES = 200;

    /**
     * Most content of all changes together, as {@link #weight} counts it. A command may have 2.3 million bytes; names, times
     * and what else is beside the content take 300,000 at most.
     */
    public static final int MAX_CONTENT_BYTES = 1536 * 1024;

    /** How much a plan may be. */
    public enum Size {
        /** What one command of the store takes: {@link #MAX_CHANGES} and {@link #MAX_CONTENT_BYTES}. */
        COMMAND(MAX_CHANGES, MAX_CONTENT_BYTES),
        /** What is put in parts first, see {@link dev.roster.server.store.LargeTxn}. */
        PARTS(10_000, 32 * 1024 * 1024);

        private final int maxChanges;
        private final int maxContentBytes;

        Size(int maxChanges, int maxContentBytes) {
            this.maxChanges = maxChanges;
            this.maxContentBytes = maxContentBytes;
        }

        /** Returns the most changes. */
        public int maxChanges() {
            return maxChanges;
        }

        /** Returns the most content of all changes together, as {@link ChangePlan#weight} counts it. */
        public int maxContentBytes() {
            return maxContentBytes;
        }
    }

    /** Makes a plan that fits a command. */
    public ChangePlan(String author, List<ItemChange> changes, List<Compare> compares,
            Function<List<ReleaseEntry>, List<Operation>> further) {
        this(author, changes, compares, further, Size.COMMAND);
    }

    /** Refuses no changes, too many and two of one item with {@link InvalidArgumentException}, field {@code changes}. */
    public ChangePlan {
        changes = List.copyOf(changes);
        compares = List.copyOf(compares);
        if (changes.isEmpty() || changes.size() > size.maxChanges) {
            throw new InvalidArgumentException("changes", changes.size() + " changes",
                    "1 to " + size.maxChanges + " changes");
        }
        Set<ItemKey> items = new HashSet<>();
        for (ItemChange change : changes) {
            if (!items.add(change.item())) {
                throw new InvalidArgumentException("changes", change.item(), "each item once");
            }
        }
    }

    /** Returns what a document takes of {@link #MAX_CONTENT_BYTES}: it is written once, a comment in up to four places. */
    public static int weight(String content, @Nullable String comment) {
        return bytes(content) + (comment == null ? 0 : 4 * bytes(comment));
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
