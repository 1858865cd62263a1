package dev.roster.server.security;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a thread is doing on behalf of somebody, so that the change and its entry in the audit log can be stored by one
 * transaction. Bound to the thread, as the id of a request is: whoever begins must end. What is noted where nothing was begun
 * is not kept.
 */
public final class AuditContext {

    /** Most changes that one entry tells; a change set has 200. */
    static final int MAX_CHANGES = 50;

    private static final ThreadLocal<Act> CURRENT = new ThreadLocal<>();

    private AuditContext() {}

    /** What is being done, and what was noted of it so far. For one thread. */
    public static final class Act {
        private final Caller caller;
        private final String action;
        private final Map<String, String> target;
        private final @Nullable String requestId;
        private final Map<String, AuditChange> changes = new LinkedHashMap<>();
        private volatile boolean stored;

        Act(Caller caller, String action, Map<String, String> target, @Nullable String requestId) {
            this.caller = caller;
            this.action = action;
            this.target = Map.copyOf(target);
            this.requestId = requestId;
        }

        /** Returns who does it. */
        public Caller caller() {
            return caller;
        }

        /** Returns object and verb. */
        public String action() {
            return action;
        }

        /** Returns what it is done to, by name. */
        public Map<String, String> target() {
            return target;
        }

        /** Returns the id of the request, null outside of one. */
        public @Nullable String requestId() {
            return requestId;
        }

        /** Returns what was noted so far, the first ones if they are too many. */
        public List<AuditChange> changes() {
            List<AuditChange> all = new ArrayList<>(changes.values());
            int rest = all.size() - MAX_CHANGES;
            if (rest <= 0) {
                return List.copyOf(all);
            }
            List<AuditChange> first = new ArrayList<>(all.subList(0, MAX_CHANGES));
            first.add(new AuditChange("more", "", rest + " further changes"));
            return List.copyOf(first);
        }

        /** Notes that an entry was stored with the change. */
        public void markStored() {
            stored = true;
        }

        /** Tells whether an entry was stored with the change. */
        public boolean isStored() {
            return stored;
        }
    }

    /** Begins something on this thread; what was begun before and not ended is forgotten. */
    public static Act begin(Caller caller, String action, Map<String, String> target, @Nullable String requestId) {
        Act act = new Act(caller, action, target, requestId);
        CURRENT.set(act);
        return act;
    }

    /** Returns what this thread is doing, empty if nothing was begun. */
    public static Optional<Act> current() {
        return Optional.ofNullable(CURRENT.get());
    }

    /** Ends what this thread was doing. */
    public static void end() {
        CURRENT.remove();
    }

    /**
     * Does something that is not what was begun, such as preparing it: changes that it makes carry no entry.
     *
     * @return its result
     */
    public static <T> T outside(Supplier<T> step) {
        Act act = CURRENT.get();
        CURRENT.remove();
        try {
            return step.get();
        } finally {
            if (act != null) {
                CURRENT.set(act);
            }
        }
    }

    /**
     * Notes what becomes of a thing. Said again of the same thing it replaces what was said, so that an attempt that is
     * repeated leaves one note.
     *
     * @param what the thing, by name
     * @param before how it was, in a few words without any secret
     * @param after how it is then, likewise
     */
    public static void note(String what, String before, String after) {
        Act act = CURRENT.get();
        if (act != null) {
            act.changes.put(what, new AuditChange(what, before, after));
        }
    }
}
