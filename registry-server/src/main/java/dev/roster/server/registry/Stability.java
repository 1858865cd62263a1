package dev.roster.server.registry;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * How steady an instance is. What counts is that it becomes healthy or ceases to be, by its own word or its checks; what
 * operators decide does not count, nor does starting and draining.
 *
 * @param changes when that was, oldest first, to {@value FlapRules#MAX_CHANGES} of them; by the clock of the member that noted
 *     each. Those before the window are forgotten at the next change
 * @param damped whether it stays out until nothing has changed for a while
 */
public record Stability(List<Instant> changes, boolean damped) {

    /** Of an instance that has not changed. */
    public static final Stability STEADY = new Stability(List.of(), false);

    public Stability {
        changes = List.copyOf(changes);
    }

    /** Returns the same after another change. */
    Stability changed(Instant now, FlapRules rules) {
        if (rules.changes() == 0) {
            return STEADY;
        }
        Instant begin = now.minus(rules.window());
        List<Instant> kept = new ArrayList<>(changes.stream().filter(begin::isBefore).toList());
        kept.add(now);
        if (kept.size() > FlapRules.MAX_CHANGES) {
            kept.removeFirst();
        }
        return new Stability(kept, damped || kept.size() >= rules.changes());
    }

    /** Tells whether it stays out, and nothing has changed for long enough. */
    boolean isOver(Instant now, FlapRules rules) {
        return damped && (rules.changes() == 0 || changes.isEmpty()
                || !changes.getLast().plus(rules.quiet()).isAfter(now));
    }
}
