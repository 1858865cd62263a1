package dev.roster.server.registry;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * An instance as the registry holds it.
 *
 * @param key which one
 * @param registration what it said of itself
 * @param checks what came of its checks, in the order of the registration
 * @param registeredAt when it said so, by the clock of the member that took the registration
 * @param statusSince since when it has its status, by the clock of the member that noted the change
 * @param revision store revision of the last change of anything here
 */
public record RegisteredInstance(InstanceKey key, Registration registration, List<CheckState> checks,
        Instant registeredAt, Instant statusSince, long revision) {
    public RegisteredInstance {
        checks = List.copyOf(checks);
    }

    /** Returns an instance that is registered now, with its checks as they are before their first result. */
    static RegisteredInstance of(InstanceKey key, Registration registration, Instant now) {
        return new RegisteredInstance(key, registration,
                registration.checks().stream().map(check -> CheckState.initial(check, now)).toList(), now, now, 0);
    }

    /** Returns the status that counts. */
    public InstanceStatus status() {
        return verdict().status();
    }

    /** Returns who says so. */
    public StatusSource statusSource() {
        return verdict().source();
    }

    /** Returns the weight that counts. */
    public double weight() {
        return registration.traits().weight();
    }

    /** Returns the metadata that counts. */
    public Map<String, String> metadata() {
        return registration.traits().metadata();
    }

    /**
     * Returns the same after it was registered again. Checks that are as before keep their results: a restart of the process
     * makes nobody flap.
     */
    RegisteredInstance registeredAgain(Registration again, Instant now) {
        List<CheckState> kept = again.checks().stream()
                .map(check -> checks.stream().filter(state -> state.check().equals(check)).findFirst()
                        .orElseGet(() -> CheckState.initial(check, now)))
                .toList();
        return dated(new RegisteredInstance(key, again, kept, now, now, revision));
    }

    /** Returns the same with another result of a check. */
    RegisteredInstance withCheck(CheckId id, UnaryOperator<CheckState> change, Instant now) {
        List<CheckState> changed = checks.stream()
                .map(state -> state.check().id().equals(id) ? change.apply(state) : state).toList();
        return dated(new RegisteredInstance(key, registration, changed, registeredAt, now, revision));
    }

    /** Returns the same as of a revision. */
    RegisteredInstance at(long atRevision) {
        return new RegisteredInstance(key, registration, checks, registeredAt, statusSince, atRevision);
    }

    /** Leaves the time of a change of status as it was when the status is the same. */
    private RegisteredInstance dated(RegisteredInstance changed) {
        return changed.status() == status()
                ? new RegisteredInstance(key, changed.registration, changed.checks, changed.registeredAt, statusSince,
                        revision)
                : changed;
    }

    private record Verdict(InstanceStatus status, StatusSource source) {}

    /** The instance's own word counts when it is not to be called; otherwise the worst of its checks does. */
    private Verdict verdict() {
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
