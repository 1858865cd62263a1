package dev.roster.server.registry;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What an operator does to an instance. */
public sealed interface InstanceAction {

    /** Returns what is decided about the instance after it, empty if it is removed. */
    Optional<Interventions> applyTo(Interventions before);

    /**
     * Has an operator's word count, in place of the word before.
     *
     * @param word the word
     */
    record Overrule(OperatorOverride word) implements InstanceAction {
        @Override
        public Optional<Interventions> applyTo(Interventions before) {
            return Optional.of(new Interventions(word, before.maintenance()));
        }
    }

    /**
     * Has an operator say that the instance is draining, beside whatever else the operator has said.
     *
     * @param reason why, as in {@link OperatorOverride}
     * @param by name of the operator
     * @param at when
     */
    record Drain(String reason, String by, Instant at) implements InstanceAction {
        @Override
        public Optional<Interventions> applyTo(Interventions before) {
            OperatorOverride word = before.override();
            if (word != null && word.status() == InstanceStatus.DRAINING) {
                return Optional.of(before);
            }
            return Optional.of(new Interventions(new OperatorOverride(InstanceStatus.DRAINING,
                    word == null ? null : word.weight(), word == null ? Map.of() : word.metadata(), reason, by, at),
                    before.maintenance()));
        }
    }

    /** Takes an operator's word back. */
    record Release() implements InstanceAction {
        @Override
        public Optional<Interventions> applyTo(Interventions before) {
            return Optional.of(new Interventions(null, before.maintenance()));
        }
    }

    /** Removes the instance. */
    record Remove() implements InstanceAction {
        @Override
        public Optional<Interventions> applyTo(Interventions before) {
            return Optional.empty();
        }
    }

    /**
     * Begins or ends the maintenance of the host.
     *
     * @param maintenance null for the end
     */
    record Maintain(@Nullable HostMaintenance maintenance) implements InstanceAction {
        @Override
        public Optional<Interventions> applyTo(Interventions before) {
            return Optional.of(before.during(maintenance));
        }
    }
}
