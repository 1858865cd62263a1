package dev.roster.system.fault;

import dev.roster.system.fault.LeaseStep.Kind;
import dev.roster.system.fault.LeaseStep.Outcome;
import dev.roster.system.fault.Operation.Result;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/**
 * Judges whether leases live as long as their holders were promised, and end with all that hangs on them.
 *
 * <p>Who is told that a lease is granted or kept alive may count on it for its time to live from when it asked, by its own
 * clock. When a lease ended nobody saw; but what a client was told at a later revision it was told after, so that the earliest of
 * these answers is proof that the lease had ended by then.
 */
final class LeaseJudge {

    private final Map<Long, List<LeaseStep>> byLease = new HashMap<>();
    private final List<Operation> operations;
    private final List<Event> events;
    private final List<String> violations = new ArrayList<>();
    private final List<Long> lateness = new ArrayList<>();
    private final Map<Long, Long> endRevisions = new HashMap<>();
    private final Map<Long, Event> writes = new HashMap<>();

    /** Revision, and when somebody had first been told of it or of a later one. */
    private final NavigableMap<Long, Long> toldBy = new TreeMap<>();

    private LeaseJudge(List<LeaseStep> steps, List<Operation> operations, List<Event> events) {
        steps.forEach(step -> byLease.computeIfAbsent(step.lease(), lease -> new ArrayList<>()).add(step));
        this.operations = operations;
        this.events = events;
    }

    /**
     * Judges.
     *
     * @param steps all that holders did, in any order
     * @param operations what any client did, also without a lease
     * @param events all changes from the first revision on, as a watch told them
     */
    static LeaseJudge of(List<LeaseStep> steps, List<Operation> operations, List<Event> events) {
        LeaseJudge judge = new LeaseJudge(steps, operations, events);
        judge.followKeys();
        judge.noteWhenTold();
        judge.checkTimes();
        judge.checkHolders();
        return judge;
    }

    /** Returns what is wrong, a line each; empty if nothing is. */
    List<String> violations() {
        return violations;
    }

    /** Returns how long after its time each lease was seen to have ended that nobody kept alive, in milliseconds. */
    List<Long> lateness() {
        return lateness;
    }

    /** Keys of a lease are deleted by its end, all at one revision, and none is attached later. */
    private void followKeys() {
        Map<String, Long> leases = new HashMap<>();
        Map<Long, Set<String>> keys = new HashMap<>();
        for (int next = 0; next < events.size();) {
            long revision = events.get(next).revision();
            Set<Long> ended = new HashSet<>();
            for (; next < events.size() && events.get(next).revision() == revision; next++) {
                Event event = events.get(next);
                long before = leases.getOrDefault(event.key(), 0L);
                keys.getOrDefault(before, new HashSet<>()).remove(event.key());
                leases.put(event.key(), event.isDeletion() ? 0 : event.lease());
                if (event.isDeletion()) {
                    ended.add(before);
                } else if (event.lease() != 0) {
                    writes.put(revision, event);
                    keys.computeIfAbsent(event.lease(), lease -> new HashSet<>()).add(event.key());
                    if (endRevisions.containsKey(event.lease())) {
                        violations.add(event + " was attached after the lease had ended at revision "
                                + endRevisions.get(event.lease()));
                    }
                }
            }
            for (long lease : ended) {
                if (lease == 0) {
                    violations.add("a key without a lease was deleted at revision " + revision);
                    continue;
                }
                endRevisions.putIfAbsent(lease, revision);
                if (!keys.getOrDefault(lease, Set.of()).isEmpty()) {
                    violations.add("lease %x ended at revision %d and left %s behind".formatted(lease, revision,
                            keys.get(lease)));
                }
            }
        }
    }

    private void noteWhenTold() {
        long earliest = Long.MAX_VALUE;
        for (Operation operation : operations.stream().filter(one -> one.revision() > 0)
                .sorted(Comparator.comparingLong(Operation::revision).reversed()).toList()) {
            earliest = Math.min(earliest, operation.ended());
            toldBy.put(operation.revision(), earliest);
        }
    }

    private void checkTimes() {
        byLease.forEach((lease, all) -> {
            long until = promisedUntil(lease);
            long end = knownEnd(lease, all);
            boolean revoked = all.stream().anyMatch(step -> step.kind() == Kind.REVOKE);
            if (end < until) {
                violations
                        .add("lease %x had ended %d ms before its time, %d ms after the last promise was asked for: %s"
                                .formatted(lease, (until - end) / 1_000_000,
                                        (end - lastPromise(all).began()) / 1_000_000,
                                        lastPromise(all)));
            } else if (!revoked && until > Long.MIN_VALUE && end < Long.MAX_VALUE) {
                lateness.add((end - until) / 1_000_000);
            }
        });
    }

    private static LeaseStep lastPromise(List<LeaseStep> all) {
        return all.stream().filter(LeaseStep::isPromise).max(Comparator.comparingLong(LeaseStep::promisedUntil))
                .orElseThrow();
    }

    /** Until when its holder may count on a lease; it counts on nothing from when it asks to end it. */
    private long promisedUntil(long lease) {
        List<LeaseStep> all = byLease.getOrDefault(lease, List.of());
        long until = all.stream().filter(LeaseStep::isPromise).mapToLong(LeaseStep::promisedUntil).max()
                .orElse(Long.MIN_VALUE);
        long revoked = all.stream().filter(step -> step.kind() == Kind.REVOKE).mapToLong(LeaseStep::began).min()
                .orElse(Long.MAX_VALUE);
        return Math.min(until, revoked);
    }

    /** When a lease had ended for certain. */
    private long knownEnd(long lease, List<LeaseStep> all) {
        long end = all.stream().filter(step -> step.outcome() == Outcome.GONE).mapToLong(LeaseStep::ended).min()
                .orElse(Long.MAX_VALUE);
        Long revision = endRevisions.get(lease);
        var told = revision == null ? null : toldBy.ceilingEntry(revision);
        return told == null ? end : Math.min(end, told.getValue());
    }

    private record Hold(long lease, long from, long until) {}

    /** Whoever has made a key that did not exist holds it as long as its lease lives, and nobody else does. */
    private void checkHolders() {
        Map<String, List<Hold>> holds = new HashMap<>();
        for (Operation operation : operations) {
            Event event = writes.get(operation.revision());
            if (event != null && operation.expected() == 0 && operation.outcome() == Result.DONE
                    && event.key().equals(operation.key())) {
                holds.computeIfAbsent(operation.key(), key -> new ArrayList<>())
                        .add(new Hold(event.lease(), operation.ended(), promisedUntil(event.lease())));
            }
        }
        holds.forEach((key, all) -> {
            Hold last = new Hold(0, 0, Long.MIN_VALUE);
            for (Hold hold : all.stream().sorted(Comparator.comparingLong(Hold::from)).toList()) {
                if (hold.from < last.until) {
                    violations.add("two hold %s: lease %x for %d ms more when lease %x has it".formatted(key,
                            last.lease, (last.until - hold.from) / 1_000_000, hold.lease));
                }
                last = hold.until > last.until ? hold : last;
            }
        });
    }
}
