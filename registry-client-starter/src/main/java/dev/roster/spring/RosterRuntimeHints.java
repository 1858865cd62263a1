package dev.roster.spring;

import dev.roster.api.Page;
import dev.roster.api.Problem;
import dev.roster.api.cluster.ClusterStatus;
import dev.roster.api.cluster.LeaseStatus;
import dev.roster.api.cluster.RestoreResult;
import dev.roster.api.config.ConfigItem;
import dev.roster.api.config.ConfigSummary;
import dev.roster.api.config.ConfigVersion;
import dev.roster.api.config.PublishRequest;
import dev.roster.api.config.RollbackRequest;
import dev.roster.api.registry.Instance;
import dev.roster.api.registry.InstanceRegistration;
import dev.roster.api.registry.ServiceInstances;
import dev.roster.api.registry.ServiceSummary;
import dev.roster.api.security.Identity;
import dev.roster.api.security.IssuedToken;
import dev.roster.api.security.Token;
import dev.roster.api.security.TokenRequest;
import dev.roster.api.security.User;
import dev.roster.api.security.UserRequest;
import dev.roster.api.watch.ConfigState;
import dev.roster.api.watch.WatchChange;
import dev.roster.api.watch.WatchProgress;
import dev.roster.api.watch.WatchRequest;
import dev.roster.api.watch.WatchSnapshot;
import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.BindingReflectionHintsRegistrar;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.util.ClassUtils;

/** Tells a native image which records the client reads and writes by reflection. */
final class RosterRuntimeHints implements RuntimeHintsRegistrar {
    /** What the client's file of last good answers holds; not for others to use. */
    private static final String LAST_GOOD = "dev.roster.client.LastGoodFile.Content";

    private final BindingReflectionHintsRegistrar binding = new BindingReflectionHintsRegistrar();

    @Override
    public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
        binding.registerReflectionHints(hints.reflection(), Page.class, Problem.class, Instance.class,
                InstanceRegistration.class, ServiceInstances.class, ServiceSummary.class, ConfigItem.class,
                ConfigSummary.class, ConfigVersion.class, PublishRequest.class, RollbackRequest.class,
                ConfigState.class, WatchChange.class, WatchProgress.class, WatchRequest.class, WatchSnapshot.class,
                ClusterStatus.class, LeaseStatus.class, RestoreResult.class, Identity.class, IssuedToken.class,
                Token.class, TokenRequest.class, User.class, UserRequest.class,
                ClassUtils.resolveClassName(LAST_GOOD, classLoader));
    }
}
