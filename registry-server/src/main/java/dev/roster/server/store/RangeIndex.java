package dev.roster.server.store;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Finds the owners of all ranges that a key lies in, in O(log n + found): a treap ordered by the beginning of the range, in
 * which each node knows how far the ranges below it reach (an interval tree; Cormen et al., Introduction to Algorithms, 14.3).
 *
 * <p>Nodes are immutable: a change copies the path to the root and puts a new root in place. So searching takes no lock and
 * meets either the index before a change or the one after. Changes lock each other out.
 *
 * @param <T> owner of a range
 */
final class RangeIndex<T> {
    private volatile @Nullable Node<T> root;
    private long added;

    /** Adds a range. The pair of owner id and beginning of the range is unique. */
    synchronized void add(KeyRange range, long ownerId, T owner) {
        root = insert(root, new Node<>(range, ownerId, owner, mixed(added++), null, null));
    }

    /** Removes a range that was added. */
    synchronized void remove(KeyRange range, long ownerId) {
        root = without(root, range.from(), ownerId);
    }

    boolean isEmpty() {
        return root == null;
    }

    /** Calls for each range that a key lies in: more than once for an owner of several. */
    void forEachAt(Key key, Consumer<T> visitor) {
        visit(root, key, visitor);
    }

    /** Calls for each range. */
    void forEach(Consumer<T> visitor) {
        visit(root, null, visitor);
    }

    private static <T> void visit(@Nullable Node<T> node, @Nullable Key key, Consumer<T> visitor) {
        if (node == null || (key != null && !node.reachesBeyond(key))) {
            return;
        }
        visit(node.left, key, visitor);
        if (key == null || node.range.from().compareTo(key) <= 0) {
            if (key == null || node.range.contains(key)) {
                visitor.accept(node.owner);
            }
            visit(node.right, key, visitor);
        }
    }

    private static <T> Node<T> insert(@Nullable Node<T> tree, Node<T> node) {
        if (tree == null) {
            return node;
        }
        if (node.priority > tree.priority) {
            return node.with(before(tree, node), after(tree, node));
        }
        return tree.compareTo(node.range.from(), node.ownerId) > 0
                ? tree.with(insert(tree.left, node), tree.right)
                : tree.with(tree.left, insert(tree.right, node));
    }

    /** Returns what of a tree comes before a node. */
    private static <T> @Nullable Node<T> before(@Nullable Node<T> tree, Node<T> node) {
        if (tree == null) {
            return null;
        }
        return tree.compareTo(node.range.from(), node.ownerId) > 0
                ? before(tree.left, node)
                : tree.with(tree.left, before(tree.right, node));
    }

    /** Returns what of a tree comes after a node. */
    private static <T> @Nullable Node<T> after(@Nullable Node<T> tree, Node<T> node) {
        if (tree == null) {
            return null;
        }
        return tree.compareTo(node.range.from(), node.ownerId) > 0
                ? tree.with(after(tree.left, node), tree.right)
                : after(tree.right, node);
    }

    private static <T> @Nullable Node<T> without(@Nullable Node<T> tree, Key from, long ownerId) {
        if (tree == null) {
            return null;
        }
        int order = tree.compareTo(from, ownerId);
        if (order == 0) {
            return merged(tree.left, tree.right);
        }
        return order > 0
                ? tree.with(without(tree.left, from, ownerId), tree.right)
                : tree.with(tree.left, without(tree.right, from, ownerId));
    }

    private static <T> @Nullable Node<T> merged(@Nullable Node<T> left, @Nullable Node<T> right) {
        if (left == null) {
            return right;
        }
        if (right == null) {
            return left;
        }
        return left.priority > right.priority
                ? left.with(left.left, merged(left.right, right))
                : right.with(merged(left, right.left), right.right);
    }

    /** Scatters consecutive numbers, so that they balance the tree as random ones would (finaliser of SplitMix64). */
    private static long mixed(long number) {
        long z = (number + 1) * 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    private static final class Node<T> {
        final KeyRange range;
        final long ownerId;
        final T owner;
        final long priority;
        final @Nullable Node<T> left;
        final @Nullable Node<T> right;

        /** The greatest end of all ranges of this tree; null if one has no end. */
        private final @Nullable Key end;

        Node(KeyRange range, long ownerId, T owner, long priority, @Nullable Node<T> left, @Nullable Node<T> right) {
            this.range = range;
            this.ownerId = ownerId;
            this.owner = owner;
            this.priority = priority;
            this.left = left;
            this.right = right;
            this.end = later(later(range.to(), left), right);
        }

        private static @Nullable Key later(@Nullable Key end, @Nullable Node<?> other) {
            if (other == null || end == null) {
                return end;
            }
            return other.end == null || other.end.compareTo(end) > 0 ? other.end : end;
        }

        Node<T> with(@Nullable Node<T> newLeft, @Nullable Node<T> newRight) {
            return new Node<>(range, ownerId, owner, priority, newLeft, newRight);
        }

        boolean reachesBeyond(Key key) {
            return end == null || end.compareTo(key) > 0;
        }

        int compareTo(Key from, long otherId) {
            int order = range.from().compareTo(from);
            return order != 0 ? order : Long.compare(ownerId, otherId);
        }
    }
}
