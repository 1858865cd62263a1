package dev.roster.spring;

import dev.roster.api.Problem;
import dev.roster.api.registry.Instance;
import dev.roster.api.registry.InstanceRegistration;
import dev.roster.api.registry.ServiceInstances;
import dev.roster.api.registry.ServiceSummary;
import dev.roster.api.watch.ConfigState;
import dev.roster.api.watch.WatchChange;
import dev.roster.api.watch.WatchProgress;
import dev.roster.api.watch.WatchRequest;
import dev.roster.api.watch.WatchSnapshot;
import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.BindingReflectionHintsRegistrar;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;

/** Tells a native image which records the client reads and writes by reflection. */
final class RosterRuntimeHints implements RuntimeHintsRegistrar {
    private final BindingReflectionHintsRegistrar binding = new BindingReflectionHintsRegistrar();

    @Override
    public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
        binding.registerReflectionHints(hints.reflection(), Problem.class, Instance.class, InstanceRegistration.class,
                ServiceInstances.class, ServiceSummary.class, ConfigState.class, WatchChange.class, WatchProgress.class,
                WatchRequest.class, WatchSnapshot.class);
    }
}
