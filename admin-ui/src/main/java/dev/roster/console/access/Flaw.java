package dev.roster.console.access;

import dev.roster.api.Problem;
import dev.roster.console.gateway.RefusedException;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with a field of a form.
 *
 * @param field name of the field
 * @param key of the message, null when the server said it in its own words
 * @param text the server's own words
 */
record Flaw(String field, @Nullable String key, String text) {
    static Flaw of(String field, String key) {
        return new Flaw(field, key, "");
    }

    /**
     * What the server said about its input.
     *
     * @param otherwise the field that a flaw belongs to when the server names none
     * @throws RefusedException {@code e} itself if it is not about input
     */
    static Flaw of(RefusedException e, String otherwise) {
        if (e.status() != 400) {
            throw e;
        }
        if (e.problem().violations().isEmpty()) {
            return new Flaw(otherwise, null, e.problem().detail());
        }
        Problem.Violation violation = e.problem().violations().getFirst();
        return new Flaw(violation.field(), null, violation.expected());
    }
}
