package dev.roster.server.api.registry;

import dev.roster.server.web.ProblemException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Collections of a body, which JSON lets hold null even where the type does not. */
final class JsonValues {
    private JsonValues() {}

    /** Returns a map without nulls, empty when there is none. */
    static <T> Map<String, T> map(String field, @Nullable Map<String, T> sent, String expected) {
        if (sent == null) {
            return Map.of();
        }
        sent.forEach((name, value) -> {
            if (value == null) {
                throw ProblemException.invalidArgument(field + "." + name, null, expected);
            }
        });
        return Map.copyOf(sent);
    }

    /** Returns a list without nulls, empty when there is none. */
    static <T> List<T> list(String field, @Nullable List<T> sent, String expected) {
        if (sent == null) {
            return List.of();
        }
        for (T value : sent) {
            if (value == null) {
                throw ProblemException.invalidArgument(field, null, expected);
            }
        }
        return List.copyOf(sent);
    }
}
