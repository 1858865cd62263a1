package dev.roster.system.chart;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One object of Kubernetes as the chart writes it.
 *
 * @param content maps, lists, strings, numbers and booleans as YAML has them
 */
record Manifest(Map<?, ?> content) {

    String kind() {
        return text("kind");
    }

    String name() {
        return text("metadata.name");
    }

    /**
     * Returns what stands at a path of names and list positions, such as {@code spec.containers.0.name}; names with dots
     * cannot be reached.
     *
     * @return null if there is nothing
     */
    @Nullable
    Object find(String path) {
        Object at = content;
        for (var step : path.split("\\.")) {
            at = switch (at) {
                case Map<?, ?> map -> map.get(step);
                case List<?> list when Integer.parseInt(step) < list.size() -> list.get(Integer.parseInt(step));
                case null, default -> null;
            };
        }
        return at;
    }

    /** Returns what stands at a path, which must be there. */
    Object get(String path) {
        var found = find(path);
        if (found == null) {
            throw new AssertionError("nothing at " + path + " of " + kind() + " " + name());
        }
        return found;
    }

    String text(String path) {
        return get(path).toString();
    }

    Map<?, ?> map(String path) {
        return (Map<?, ?>) get(path);
    }

    /** Returns the objects of a list, each readable by path. */
    List<Manifest> items(String path) {
        return ((List<?>) get(path)).stream().map(item -> new Manifest((Map<?, ?>) item)).toList();
    }
}
