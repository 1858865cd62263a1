package dev.roster.server.security;

import java.util.Collections;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Of which namespaces somebody may read the secrets of configuration: of all, or of those that are named. It is a right of its own,
 * which no role has.
 *
 * @param everywhere of all namespaces, those that are yet to come too
 * @param namespaces of these, at most {@value #MAX_NAMESPACES}; empty if it is of all
 */
public record SecretsRight(boolean everywhere, SortedSet<NamespaceName> namespaces) {

    /** Most namespaces that are named: a user or token with more is one for all of them. */
    public static final int MAX_NAMESPACES = 100;

    /** Of no namespace. */
    public static final SecretsRight NONE = new SecretsRight(false, Collections.emptySortedSet());

    /** Of all namespaces. */
    public static final SecretsRight EVERYWHERE = new SecretsRight(true, Collections.emptySortedSet());

    /** Refuses both together, and too many, with {@link InvalidArgumentException}, field {@code secretNamespaces}. */
    public SecretsRight {
        if (everywhere && !namespaces.isEmpty()) {
            throw new InvalidArgumentException("secretNamespaces", text(namespaces),
                    "none, since secrets is true and means all namespaces");
        }
        if (namespaces.size() > MAX_NAMESPACES) {
            throw new InvalidArgumentException("secretNamespaces", namespaces.size() + " namespaces",
                    "at most " + MAX_NAMESPACES);
        }
        namespaces = Collections.unmodifiableSortedSet(new TreeSet<>(namespaces));
    }

    /** Returns the right of some namespaces. */
    public static SecretsRight of(Set<NamespaceName> namespaces) {
        return new SecretsRight(false, new TreeSet<>(namespaces));
    }

    /** Tells whether it is of no namespace. */
    public boolean isNone() {
        return !everywhere && namespaces.isEmpty();
    }

    /** Tells whether it is of a namespace. */
    public boolean includes(NamespaceName namespace) {
        return everywhere || namespaces.contains(namespace);
    }

    /** Tells whether it is of every namespace that another one is of. */
    public boolean includes(SecretsRight other) {
        return everywhere || (!other.everywhere && namespaces.containsAll(other.namespaces));
    }

    /** Returns the right of those namespaces that both are of. */
    SecretsRight within(SecretsRight other) {
        if (everywhere || other.everywhere) {
            return everywhere ? other : this;
        }
        SortedSet<NamespaceName> both = new TreeSet<>(namespaces);
        both.retainAll(other.namespaces);
        return of(both);
    }

    /** Returns what it says, for people. */
    @Override
    public String toString() {
        return everywhere ? "of all namespaces" : namespaces.isEmpty() ? "none" : "of " + text(namespaces);
    }

    private static String text(SortedSet<NamespaceName> namespaces) {
        return namespaces.stream().map(NamespaceName::value).collect(Collectors.joining(", "));
    }
}
