package dev.roster.spring.config;

import dev.roster.spring.config.RosterConfigEvent.Problem;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.cloud.autoconfigure.RefreshAutoConfiguration;
import org.springframework.cloud.autoconfigure.RefreshAutoConfiguration.RefreshProperties;
import org.springframework.cloud.context.properties.ConfigurationPropertiesRebinder;
import org.springframework.cloud.context.refresh.ConfigDataContextRefresher;
import org.springframework.cloud.context.scope.refresh.RefreshScope;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MutablePropertySources;

/**
 * Spring Cloud's refresh, whole or not at all. The environment is made anew, beans with changed properties are bound anew, and if
 * something did change, beans in {@code @RefreshScope} are made anew. If any of that fails, everything is put back: the application
 * runs on with what it had, and the versions at fault are left out until there are others.
 */
final class RosterContextRefresher extends ConfigDataContextRefresher {
    private static final Logger LOG = LoggerFactory.getLogger(RosterContextRefresher.class);

    private final RosterConfigSource source;
    private final ConfigurationPropertiesRebinder rebinder;

    RosterContextRefresher(ConfigurableApplicationContext context, RefreshScope scope, RefreshProperties properties,
            RosterConfigSource source, ConfigurationPropertiesRebinder rebinder) {
        super(context, scope, properties);
        this.source = source;
        this.rebinder = rebinder;
    }

    /**
     * Refreshes the application.
     *
     * @return names of the properties that have another value
     * @throws RosterConfigRejectedException if it failed and was taken back
     */
    @Override
    public synchronized Set<String> refresh() {
        return refresh(true);
    }

    @Override
    public synchronized Set<String> refreshEnvironment() {
        return refresh(false);
    }

    private Set<String> refresh(boolean scoped) {
        ConfigurableEnvironment environment = getContext().getEnvironment();
        MutablePropertySources sources = environment.getPropertySources();
        PropertySourcesState before = PropertySourcesState.of(sources);
        EffectiveProperties valuesBefore = EffectiveProperties.of(environment);
        Set<String> changed = Set.of();
        try {
            updateEnvironment();
            before.removeLeftOver(sources, RosterConfigDataLocationResolver.PREFIX);
            changed = valuesBefore.changedTo(EffectiveProperties.of(environment));
            apply(changed, scoped);
        } catch (RuntimeException e) {
            before.restore(sources);
            Map<String, Long> versions = source.pending();
            List<Problem> problems = BindingProblems.of(e);
            source.reject(reason(problems, e), problems);
            takeBack(changed, scoped, e);
            tell(new RosterConfigEvent.Rejected(versions, problems, e));
            throw new RosterConfigRejectedException(problems, e);
        }
        Map<String, Long> versions = source.pending();
        source.accept();
        if (!versions.isEmpty()) {
            tell(new RosterConfigEvent.Applied(versions, changed));
        }
        return changed;
    }

    // The message of an exception of the application may have a secret in it.
    private static String reason(List<Problem> problems, RuntimeException failure) {
        return problems.isEmpty()
                ? failure.getClass().getSimpleName() + ", see the log"
                : String.join("; ", problems.stream().map(Problem::toString).toList());
    }

    private void apply(Set<String> changed, boolean scoped) {
        if (changed.isEmpty()) {
            return;
        }
        getContext().publishEvent(new EffectiveChangeEvent(getContext(), changed));
        if (scoped) {
            getScope().refreshAll();
            makeScopedBeans();
        }
    }

    /** Makes them now rather than when they are needed, so that one which cannot be made is not a caller's trouble. */
    private void makeScopedBeans() {
        ConfigurableListableBeanFactory beans = getContext().getBeanFactory();
        for (String name : beans.getBeanDefinitionNames()) {
            if (RefreshAutoConfiguration.REFRESH_SCOPE_NAME.equals(beans.getBeanDefinition(name).getScope())
                    && !beans.getBeanDefinition(name).isLazyInit()) {
                beans.getBean(name);
            }
        }
    }

    // A bean or listener that failed with the new values may fail with the old ones too.
    private void takeBack(Set<String> changed, boolean scoped, RuntimeException cause) {
        try {
            apply(changed, scoped);
            rebinder.getErrors().clear();
        } catch (RuntimeException e) {
            cause.addSuppressed(e);
            LOG.error("A refresh that failed could not be taken back by every bean", e);
        }
    }

    // A listener of the application may throw anything; the refresh is over by then.
    private void tell(RosterConfigEvent event) {
        try {
            getContext().publishEvent(event);
        } catch (RuntimeException e) {
            LOG.error("A listener failed on {}", event, e);
        }
    }
}
