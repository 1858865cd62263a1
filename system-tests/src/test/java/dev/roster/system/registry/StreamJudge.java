package dev.roster.system.registry;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Judges whether readers of streams were told every change of the instances that they follow, once, in order and as it was made, over
 * all members and interruptions. Changes of which nobody knows whether they were made must have been told to all of them, or to none.
 */
final class StreamJudge {

    /** Further ones would say the same. */
    private static final int MOST_VIOLATIONS = 50;

    private final Map<String, Course> courses;

    /** What the first reader who could know was told of changes of unknown outcome, by instance. */
    private final Map<String, Told> settled = new HashMap<>();
    private final List<String> violations = new ArrayList<>();

    private record Told(boolean made, String who) {}

    /** Makes a judge by what became of the instances. */
    StreamJudge(Map<String, Course> courses) {
        this.courses = Map.copyOf(courses);
    }

    /**
     * Judges one reader.
     *
     * @param follows which instances, the gone ones included
     * @param told what it was told of each, in order
     */
    void judge(String reader, Set<String> follows, Map<String, List<Step>> told) {
        for (String instance : follows) {
            Course course = courses.get(instance);
            if (course != null) {
                judge(reader + ", of " + instance, instance, course, told.getOrDefault(instance, List.of()));
            }
        }
        Set<String> unasked = new HashSet<>(told.keySet());
        unasked.removeAll(courses.keySet());
        unasked.forEach(instance -> violate(reader + ", was told of " + instance + ", which nobody has registered"));
        Set<String> foreign = new HashSet<>(told.keySet());
        foreign.removeAll(follows);
        foreign.removeAll(unasked);
        foreign.forEach(instance -> violate(reader + ", was told of " + instance + ", which it does not follow"));
    }

    private void judge(String who, String instance, Course course, List<Step> told) {
        List<Step> right = course.acknowledged();
        for (int i = 0; i < right.size(); i++) {
            if (i >= told.size() || !told.get(i).equals(right.get(i))) {
                violate(who + ", was told " + at(told, i) + " and not " + right.get(i) + ", before that "
                        + at(right, i - 1));
                return;
            }
        }
        boolean more = told.size() > right.size();
        Step unknown = course.unknown();
        if (more && (unknown == null || told.size() > right.size() + 1
                || !told.getLast().equals(unknown.at(told.getLast().revision())))) {
            violate(who + ", was told " + told.get(right.size()) + ", which was not done; last was "
                    + at(right, right.size() - 1));
        } else if (unknown != null) {
            Told first = settled.putIfAbsent(instance, new Told(more, who));
            if (first != null && first.made != more) {
                violate(who + ", was " + (more ? "" : "not ") + "told " + unknown + ", unlike " + first.who);
            }
        }
    }

    private static @Nullable Step at(List<Step> steps, int index) {
        return index >= 0 && index < steps.size() ? steps.get(index) : null;
    }

    private void violate(String what) {
        if (violations.size() < MOST_VIOLATIONS) {
            violations.add(what);
        }
    }

    /** Returns what is wrong, a line each; empty if nothing is. */
    List<String> violations() {
        return List.copyOf(violations);
    }
}
