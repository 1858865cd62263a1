package dev.roster.server.web;

/**
 * Turns the exceptions of one sealed family into problems. The edge of each feature brings one as a component, next to its
 * controllers; its {@link #report} is a {@code switch} over the family without {@code default}, so that a new exception
 * does not compile until it has a problem. Families must not overlap.
 *
 * @param <E> the root of the family
 */
public interface ProblemMapping<E extends Exception> {

    /** Returns the root of the family. */
    Class<E> family();

    /** Returns the problem that an exception stands for. */
    ProblemReport report(E exception);
}
