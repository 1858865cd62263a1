package dev.roster.system.fault;

import dev.roster.system.fault.Operation.Kind;
import dev.roster.system.fault.Operation.Result;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Judges whether the answers of a store are those of one that does one thing at a time (linearizability, Herlihy and Wing
 * 1990).
 *
 * <p>In general that takes a search through all orders. Here every answer names the revision at which the operation took
 * place, and a watch tells all writes by revision: the order is given. What is left is to check that it explains every answer and
 * contradicts no clock, which is complete and takes a sort.
 *
 * <p>Keys are deleted by the end of a lease alone; whether they should have been is what {@link LeaseJudge} judges.
 */
final class HistoryJudge {

    private final List<Operation> operations;
    private final List<Event> events;
    private final List<String> violations = new ArrayList<>();
    private final NavigableMap<Long, Event> byRevision = new TreeMap<>();
    private final Map<String, NavigableMap<Long, Optional<String>>> byKey = new HashMap<>();

    private HistoryJudge(List<Operation> operations, List<Event> events) {
        this.operations = operations;
        this.events = events;
    }

    /**
     * Returns what is wrong, a line each; empty if nothing is.
     *
     * @param operations all that clients did, in any order
     * @param events all changes from the first revision on, as a watch told them
     */
    static List<String> violations(List<Operation> operations, List<Event> events) {
        HistoryJudge judge = new HistoryJudge(operations, events);
        judge.checkEvents();
        judge.checkWrites();
        judge.checkReads();
        judge.checkClocks();
        return judge.violations;
    }

    /** Every revision is told once, in order. Only the end of a lease changes more than one key. */
    private void checkEvents() {
        Event last = new Event(0, "", "");
        for (Event event : events) {
            boolean together = event.revision() == last.revision() && event.isDeletion() && last.isDeletion();
            if (event.revision() <= last.revision() && !together) {
                violations.add("the watch told " + event + " after revision " + last.revision());
            }
            last = event.revision() >= last.revision() ? event : last;
            byRevision.put(event.revision(), event);
            byKey.computeIfAbsent(event.key(), key -> new TreeMap<>()).put(event.revision(),
                    Optional.ofNullable(event.value()));
        }
    }

    /** What was acknowledged is there, what is there was asked for, and once. */
    private void checkWrites() {
        Map<String, Operation> byValue = new HashMap<>();
        for (Operation operation : operations) {
            if (operation.kind() == Kind.WRITE) {
                byValue.put(valueOf(operation), operation);
                if (operation.outcome() == Result.DONE) {
                    checkDone(operation);
                } else if (operation.outcome() == Result.CONDITION_FAILED && holdsAt(operation, operation.revision())) {
                    violations.add("the condition of " + operation + " held");
                }
            }
        }
        Set<String> seen = new HashSet<>();
        for (Event event : events) {
            if (event.isDeletion()) {
                continue;
            }
            Operation origin = byValue.get(event.value());
            if (origin == null) {
                violations.add("nobody wrote " + event);
            } else if (origin.outcome() == Result.NOT_DONE || origin.outcome() == Result.CONDITION_FAILED) {
                violations.add(event + " is there, and its client was told that it is not: " + origin);
            } else if (origin.expected() != Operation.ANY && !holdsAt(origin, event.revision() - 1)) {
                violations.add("the condition of " + origin + " did not hold before " + event);
            }
            if (!seen.add(event.value())) {
                violations.add("written twice: " + event);
            }
        }
    }

    private void checkDone(Operation operation) {
        Event event = byRevision.get(operation.revision());
        if (event == null || !event.key().equals(operation.key())
                || !Objects.equals(event.value(), operation.value())) {
            violations.add("acknowledged and missing: " + operation + ", there is " + event);
        }
    }

    private boolean holdsAt(Operation operation, long revision) {
        var last = lastOf(operation.key(), revision);
        return operation.expected() == (last == null || last.getValue().isEmpty() ? 0 : last.getKey());
    }

    private Map.@Nullable Entry<Long, Optional<String>> lastOf(String key, long revision) {
        return byKey.getOrDefault(key, new TreeMap<>()).floorEntry(revision);
    }

    private void checkReads() {
        for (Operation read : operations) {
            if (read.kind() == Kind.READ && read.outcome() == Result.DONE) {
                var last = lastOf(read.key(), read.revision());
                String value = last == null ? null : last.getValue().orElse(null);
                if (!Objects.equals(value, read.value())) {
                    violations.add("wrong: " + read + ", there was " + value);
                }
            }
        }
    }

    /** What began after another had ended took place after it. */
    private void checkClocks() {
        List<Operation> told = operations.stream().filter(operation -> operation.revision() > 0).toList();
        List<Operation> byEnd = told.stream().sorted(Comparator.comparingLong(Operation::ended)).toList();
        List<Operation> byBegin = told.stream().sorted(Comparator.comparingLong(Operation::began)).toList();
        int next = 0;
        Operation latest = null;
        for (Operation operation : byBegin) {
            while (next < byEnd.size() && byEnd.get(next).ended() < operation.began()) {
                if (latest == null || byEnd.get(next).revision() > latest.revision()) {
                    latest = byEnd.get(next);
                }
                next++;
            }
            if (latest != null) {
                boolean writes = operation.kind() == Kind.WRITE && operation.outcome() == Result.DONE;
                if (operation.revision() < latest.revision() + (writes ? 1 : 0)) {
                    violations.add(operation + " began after this had ended: " + latest);
                }
            }
        }
    }

    private static String valueOf(Operation write) {
        String value = write.value();
        if (value == null) {
            throw new IllegalArgumentException("a write without a value: " + write);
        }
        return value;
    }
}
