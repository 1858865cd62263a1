package dev.roster.spring.health;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.actuate.endpoint.CompositeHealthDescriptor;
import org.springframework.boot.health.actuate.endpoint.HealthDescriptor;
import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;
import org.springframework.boot.health.contributor.Status;

/**
 * Health by Actuator: of one of its groups, or of everything except for what says how the application stands with Roster and with
 * its configuration. An application that is well must not go away because of those.
 */
final class ActuatorHealth implements ApplicationHealth {
    private static final Set<String> NOT_COUNTED = Set.of("roster", "discoveryComposite", "reactiveDiscoveryClients",
            "refreshScope");
    private static final Set<Status> BAD = Set.of(Status.DOWN, Status.OUT_OF_SERVICE);

    private final HealthEndpoint endpoint;
    private final @Nullable String group;

    /**
     * Makes a health.
     *
     * @param group name of the group that counts, null for the whole health
     */
    ActuatorHealth(HealthEndpoint endpoint, @Nullable String group) {
        this.endpoint = endpoint;
        this.group = group;
    }

    @Override
    public Answer ask() {
        if (group != null) {
            HealthDescriptor health = endpoint.healthForPath(group);
            return health == null || !BAD.contains(health.getStatus())
                    ? Answer.SERVING
                    : ill("its health group " + group, health.getStatus());
        }
        HealthDescriptor health = endpoint.health();
        if (!(health instanceof CompositeHealthDescriptor composite)) {
            return BAD.contains(health.getStatus()) ? ill("its health", health.getStatus()) : Answer.SERVING;
        }
        Map<String, HealthDescriptor> components = composite.getComponents();
        String bad = components == null
                ? ""
                : components.entrySet().stream()
                        .filter(entry -> !NOT_COUNTED.contains(entry.getKey())
                                && BAD.contains(entry.getValue().getStatus()))
                        .map(entry -> entry.getKey() + " is " + entry.getValue().getStatus().getCode()).sorted()
                        .collect(Collectors.joining(", "));
        return bad.isEmpty() ? Answer.SERVING : new Answer(State.ILL, bad);
    }

    private static Answer ill(String what, Status status) {
        return new Answer(State.ILL, what + " is " + status.getCode());
    }
}
