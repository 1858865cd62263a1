package dev.roster.server.registry;

import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * An instance as the registry holds it.
 *
 * @param key which one
 * @param registration what it said of itself
 * @param checks what came of its checks, in the order of the registration
 * @param interventions what people have decided about it
 * @param registeredAt when it said so, by the clock of the member that took the registration
 * @param statusSince since when it has its status, by the clock of the member that noted the change
 * @param healthySince when it became healthy the last time; when it was registered, if it never was
 * @param stability how often it has changed of late
 * @param revision store revision of the last change of anything here
 */
public record RegisteredInstance(InstanceKey key, Registration registration, List<CheckState> checks,
        Interventions interventions, Instant registeredAt, Instant statusSince, Instant healthySince,
        Stability stability, long revision) {
    public RegisteredInstance {
        checks = List.copyOf(checks);
    }

    /** Returns an instance that is registered now, with its checks as they are before their first result. */
    static RegisteredInstance of(InstanceKey key, Registration registration, Instant now) {
        return new RegisteredInstance(key, registration,
                registration.checks().stream().map(check -> CheckState.initial(check, now)).toList(),
                Interventions.NONE, now, now, now, Stability.STEADY, 0);
    }

    /** Returns the status that counts. */
    public InstanceStatus status() {
        return verdict().status();
    }

    /** Returns who says so. */
    public StatusSource statusSource() {
        return verdict().source();
    }

    /** Tells whether it changes so often that it stays out until it is steady. */
    public boolean isFlapping() {
        return stability.damped();
    }

    /** Returns how often it became healthy or ceased to be, within the window of its service that ended with the last change. */
    public int statusChanges() {
        return stability.changes().size();
    }

    /** Returns the weight that counts. */
    public double weight() {
        OperatorOverride override = interventions.override();
        Double weight = override == null ? null : override.weight();
        return weight == null ? registration.traits().weight() : weight;
    }

    /** Returns the metadata that counts. */
    public Map<String, String> metadata() {
        OperatorOverride override = interventions.override();
        if (override == null || override.metadata().isEmpty()) {
            return registration.traits().metadata();
        }
        Map<String, String> metadata = new HashMap<>(registration.traits().metadata());
        metadata.putAll(override.metadata());
        return Collections.unmodifiableMap(metadata);
    }

    /**
     * Returns the same after it was registered again. Checks that are as before keep their results: a restart of the process
     * makes nobody flap.
     */
    RegisteredInstance registeredAgain(Registration again, Instant now, FlapRules rules) {
        List<CheckState> kept = again.checks().stream()
                .map(check -> checks.stream().filter(state -> state.check().equals(check)).findFirst()
                        .orElseGet(() -> CheckState.initial(check, now)))
                .toList();
        return counted(
                new RegisteredInstance(key, again, kept, interventions, now, now, now, stability, revision), now,
                rules);
    }

    /** Returns the same after it has said that it has another status. */
    RegisteredInstance saying(InstanceStatus status, Instant now, FlapRules rules) {
        return counted(new RegisteredInstance(key, registration.withStatus(status), checks, interventions, registeredAt,
                now, now, stability, revision), now, rules);
    }

    /** Returns the same with another result of a check. */
    RegisteredInstance withCheck(CheckId id, UnaryOperator<CheckState> change, Instant now, FlapRules rules) {
        List<CheckState> changed = checks.stream()
                .map(state -> state.check().id().equals(id) ? change.apply(state) : state).toList();
        return counted(new RegisteredInstance(key, registration, changed, interventions, registeredAt, now, now,
                stability, revision), now, rules);
    }

    /** Returns the same after people have decided something else about it. */
    RegisteredInstance with(Interventions other, Instant now) {
        return dated(
                new RegisteredInstance(key, registration, checks, other, registeredAt, now, now, stability, revision));
    }

    /** Tells whether it stays out because it flapped, and has been steady for long enough since. */
    boolean isSteadyAgain(Instant now, FlapRules rules) {
        return stability.isOver(now, rules);
    }

    /** Returns the same after it has become steady, if it has. */
    RegisteredInstance settled(Instant now, FlapRules rules) {
        return isSteadyAgain(now, rules) ? dated(with(Stability.STEADY, now)) : this;
    }

    private RegisteredInstance with(Stability other, Instant now) {
        return new RegisteredInstance(key, registration, checks, interventions, registeredAt, now, now, other,
                revision);
    }

    /** Returns the same as of a revision. */
    RegisteredInstance at(long atRevision) {
        return new RegisteredInstance(key, registration, checks, interventions, registeredAt, statusSince, healthySince,
                stability, atRevision);
    }

    /** Notes that it became healthy or ceased to be, unless its host is being worked on. */
    private RegisteredInstance counted(RegisteredInstance changed, Instant now, FlapRules rules) {
        InstanceStatus before = own().status();
        InstanceStatus after = changed.own().status();
        boolean turned = before.isMeantToServe() && after.isMeantToServe() && before.isHealthy() != after.isHealthy()
                && interventions.maintenance() == null;
        return dated(turned ? changed.with(stability.changed(now, rules), now) : changed);
    }

    /** Leaves the times of changes of status as they were where the status is the same, or as healthy as before. */
    private RegisteredInstance dated(RegisteredInstance changed) {
        boolean same = changed.status() == status();
        boolean becameHealthy = changed.status().isHealthy() && !status().isHealthy();
        return new RegisteredInstance(key, changed.registration, changed.checks, changed.interventions,
                changed.registeredAt, same ? statusSince : changed.statusSince,
                becameHealthy ? changed.healthySince : healthySince, changed.stability, revision);
    }

    private record Verdict(InstanceStatus status, StatusSource source) {}

    /** What people have decided counts first, then whether it flaps, and then what the instance and its checks say. */
    private Verdict verdict() {
        if (interventions.maintenance() != null) {
            return new Verdict(InstanceStatus.OUT_OF_SERVICE, StatusSource.MAINTENANCE);
        }
        OperatorOverride override = interventions.override();
        InstanceStatus decided = override == null ? null : override.status();
        if (decided != null) {
            return new Verdict(decided, StatusSource.OVERRIDDEN);
        }
        Verdict own = own();
        return stability.damped() && own.status().isHealthy()
                ? new Verdict(InstanceStatus.DOWN, StatusSource.FLAPPING)
                : own;
    }

    /** The instance's own word counts when it says that it is not to be called, and otherwise the worst of its checks. */
    private Verdict own() {
        InstanceStatus said = registration.status();
        if (!said.isHealthy()) {
            return new Verdict(said, StatusSource.REGISTERED);
        }
        CheckStatus worst = CheckStatus.PASSING;
        for (CheckState state : checks) {
            worst = state.status().compareTo(worst) > 0 ? state.status() : worst;
        }
        return switch (worst) {
            case CRITICAL -> new Verdict(InstanceStatus.DOWN, StatusSource.CHECKED);
            case WARNING -> new Verdict(InstanceStatus.WARNING, StatusSource.CHECKED);
            case PASSING -> new Verdict(said,
                    checks.isEmpty() || said == InstanceStatus.WARNING
                            ? StatusSource.REGISTERED
                            : StatusSource.CHECKED);
        };
    }
}
