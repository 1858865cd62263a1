package dev.roster.spring.config;

/**
 * A configuration item, wherever it is.
 *
 * @param namespace namespace of the item
 * @param name name within the namespace
 */
public record ItemName(String namespace, String name) {

    /**
     * Reads a location such as {@code limits}, an item of the own namespace, or {@code shared/limits}.
     *
     * @param text with at most one slash that counts: the first
     */
    static ItemName parse(String text, String ownNamespace) {
        int slash = text.indexOf('/');
        return slash < 0
                ? new ItemName(ownNamespace, text)
                : new ItemName(text.substring(0, slash), text.substring(slash + 1));
    }

    /** Returns the name alone for an item of the own namespace, else with its namespace. */
    String shownIn(String ownNamespace) {
        return namespace.equals(ownNamespace) ? name : namespace + "/" + name;
    }

    @Override
    public String toString() {
        return "configuration '" + name + "' of Roster's namespace '" + namespace + "'";
    }
}
