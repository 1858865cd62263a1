package dev.roster.spring.config;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What became of configuration that was published while the application runs. Published as an application event, by the thread that
 * refreshes; a listener that throws is logged.
 */
public sealed interface RosterConfigEvent {

    /**
     * Returns the versions that this is about, by name of the item ({@code namespace/name} for items of another namespace than the
     * application's); 0 stands for an item that is gone.
     */
    Map<String, Long> versions();

    /**
     * The application runs with them.
     *
     * @param versions the versions
     * @param changed names of the properties that have another value now, possibly none
     */
    record Applied(Map<String, Long> versions, Set<String> changed) implements RosterConfigEvent {
        public Applied {
            versions = Collections.unmodifiableMap(new TreeMap<>(versions));
            changed = Collections.unmodifiableSet(new TreeSet<>(changed));
        }
    }

    /**
     * The application could not take them in, and runs on with what it had.
     *
     * @param versions the versions
     * @param problems the properties at fault, as far as they are known
     * @param failure what was thrown
     */
    record Rejected(Map<String, Long> versions, List<Problem> problems, RuntimeException failure)
            implements
                RosterConfigEvent {
        public Rejected {
            versions = Collections.unmodifiableMap(new TreeMap<>(versions));
            problems = List.copyOf(problems);
        }
    }

    /**
     * A property that does not fit the application. The value is not told, since it may be a secret.
     *
     * @param property name of the property
     * @param origin item, version, line and column of the value; null if unknown
     * @param reason what is wrong with it
     */
    record Problem(String property, @Nullable String origin, String reason) {
        @Override
        public String toString() {
            return property + (origin == null ? "" : " (" + origin + ")") + ": " + reason;
        }
    }
}
