package dev.roster.server.security;

/**
 * Name of a namespace: 1 to 63 lower-case letters, digits and hyphens, beginning and ending with a letter or a digit, so
 * that it can be part of a DNS name. Namespaces exist implicitly: one is there when something is in it.
 *
 * @param value the name; upper case is refused, not folded, so that one name has one spelling
 */
public record NamespaceName(String value) implements Comparable<NamespaceName> {

    private static final NameForm FORM = NameForm.ofLowerCase("-", 63);

    /** The namespace of whoever names none. */
    public static final NamespaceName DEFAULT = new NamespaceName("default");

    /** Refuses any other form with {@link InvalidArgumentException}, field {@code namespace}. */
    public NamespaceName {
        if (!FORM.accepts(value)) {
            throw new InvalidArgumentException("namespace", value,
                    "1 to 63 lower-case letters, digits and hyphens, beginning and ending with a letter or a digit");
        }
    }

    @Override
    public int compareTo(NamespaceName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
