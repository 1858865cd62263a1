package dev.roster.system.coordination;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Finds what a lock must not do in what programs say of it, all by one clock. */
final class HoldJudge {

    private HoldJudge() {}

    /** Returns what is wrong, a line each. */
    static List<String> violations(List<Hold> holds) {
        List<Hold> ordered = new ArrayList<>(holds);
        ordered.sort(Comparator.comparingLong(Hold::token));
        List<String> violations = new ArrayList<>();
        for (int i = 1; i < ordered.size(); i++) {
            Hold before = ordered.get(i - 1);
            Hold after = ordered.get(i);
            if (before.token() == after.token()) {
                violations.add("one token for two: " + before + ", " + after);
            } else if (after.from() < before.until()) {
                violations.add("two hold it, or the token does not grow: " + before + ", " + after);
            }
        }
        return violations;
    }
}
