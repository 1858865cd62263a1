package dev.roster.server.web;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.springframework.stereotype.Component;

/** Finds the problem that an exception stands for, among the mappings of all edges. */
@Component
final class ProblemTable {
    private final List<ProblemMapping<?>> mappings;

    ProblemTable(List<ProblemMapping<?>> mappings) {
        this.mappings = List.copyOf(mappings);
        for (ProblemMapping<?> one : mappings) {
            for (ProblemMapping<?> other : mappings) {
                if (one != other && one.family().isAssignableFrom(other.family())) {
                    throw new IllegalStateException("mappings overlap: " + one + ", " + other);
                }
            }
        }
    }

    /** Returns the problem, empty if the exception belongs to no family. */
    Optional<ProblemReport> find(Throwable thrown) {
        Throwable exception = unwrap(thrown);
        if (exception instanceof ProblemException problem) {
            return Optional.of(problem.report());
        }
        for (ProblemMapping<?> mapping : mappings) {
            if (mapping.family().isInstance(exception)) {
                return Optional.of(apply(mapping, exception));
            }
        }
        return Optional.empty();
    }

    private static <E extends Exception> ProblemReport apply(ProblemMapping<E> mapping, Throwable exception) {
        return mapping.report(mapping.family().cast(exception));
    }

    /** Returns what an asynchronous handler has failed with. */
    static Throwable unwrap(Throwable thrown) {
        Throwable cause = thrown.getCause();
        return (thrown instanceof CompletionException || thrown instanceof ExecutionException) && cause != null
                ? cause
                : thrown;
    }
}
