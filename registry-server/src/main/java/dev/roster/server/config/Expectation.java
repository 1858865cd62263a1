package dev.roster.server.config;

/** What the author of a change believes of the item. A change is refused when it is not so. */
public sealed interface Expectation {

    /** Says nothing: good enough for an item that does not exist, refused for one that does. */
    record Unstated() implements Expectation {}

    /** There is no such item, or not any more. */
    record Absent() implements Expectation {}

    /**
     * The item exists and this is its current version.
     *
     * @param number the version
     */
    record Version(long number) implements Expectation {}
}
