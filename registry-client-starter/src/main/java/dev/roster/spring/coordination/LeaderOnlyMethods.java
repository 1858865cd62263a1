package dev.roster.spring.coordination;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/** Knows which elections methods with {@link LeaderOnly} ask for, and tells who holds the elections. */
final class LeaderOnlyMethods {
    private static final String DEFAULT = "roster.coordination.leader.election";

    private final Environment environment;
    private final Set<String> names = ConcurrentHashMap.newKeySet();
    private volatile Consumer<String> listener = name -> {};

    LeaderOnlyMethods(Environment environment) {
        this.environment = environment;
    }

    /** Returns the name of the election that an annotation names. */
    String election(LeaderOnly annotation) {
        String named = environment.resolveRequiredPlaceholders(annotation.value());
        if (!named.isEmpty()) {
            return named;
        }
        String name = environment.getProperty(DEFAULT, environment.getProperty("spring.application.name", ""));
        if (!StringUtils.hasText(name)) {
            throw new IllegalStateException("@LeaderOnly needs the name of an election: give it one, or set " + DEFAULT
                    + " or spring.application.name");
        }
        return name;
    }

    void found(LeaderOnly annotation) {
        String name = election(annotation);
        if (names.add(name)) {
            listener.accept(name);
        }
    }

    /** Tells all elections that were found, and those that are found later. */
    void onElection(Consumer<String> told) {
        listener = told;
        names.forEach(told);
    }
}
