package dev.roster.server.config.effective;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * How two sets of properties differ.
 *
 * @param revision the store revision that this shows
 * @param differences ordered by name, at most {@link EffectiveConfigs#MAX_PROPERTIES}
 * @param same how many properties are the same in both
 * @param complete whether all properties of both were compared, and these are all differences
 */
public record Comparison(long revision, List<Difference> differences, int same, boolean complete) {
    public Comparison {
        differences = List.copyOf(differences);
    }

    /**
     * A property that is not the same.
     *
     * @param name its name
     * @param from what it is in the first set, null if it is not there
     * @param to what it is in the other, null if it is not there
     */
    public record Difference(String name, @Nullable Origin from, @Nullable Origin to) {}

    static Comparison of(long revision, Map<String, Origin> from, Map<String, Origin> to, boolean complete) {
        TreeSet<String> names = new TreeSet<>(from.keySet());
        names.addAll(to.keySet());
        List<Difference> differences = new ArrayList<>();
        int same = 0;
        for (String name : names) {
            Origin left = from.get(name);
            Origin right = to.get(name);
            if (left != null && right != null && left.value().equals(right.value())) {
                same++;
            } else {
                differences.add(new Difference(name, left, right));
            }
        }
        int kept = Math.min(differences.size(), EffectiveConfigs.MAX_PROPERTIES);
        return new Comparison(revision, differences.subList(0, kept), same, complete && kept == differences.size());
    }
}
