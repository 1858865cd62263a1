package dev.roster.spring.config;

import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.ConfigurationPropertiesBean;
import org.springframework.boot.context.properties.bind.BindMethod;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.cloud.context.environment.EnvironmentChangeEvent;
import org.springframework.cloud.context.properties.ConfigurationPropertiesBeans;
import org.springframework.cloud.context.properties.ConfigurationPropertiesRebinder;
import org.springframework.context.ApplicationContext;

/**
 * Binds {@code @ConfigurationProperties} anew, but of those with setters only the ones with a property that has changed. Records and
 * others bound by constructor cannot be; a change to theirs is said in the log. Other changes of the environment than a refresh with
 * Roster bind everything anew, as Spring Cloud does.
 */
final class SelectiveRebinder extends ConfigurationPropertiesRebinder {
    private static final Logger LOG = LoggerFactory.getLogger(SelectiveRebinder.class);

    private final ConfigurationPropertiesBeans beans;
    private final ApplicationContext context;

    SelectiveRebinder(ConfigurationPropertiesBeans beans, ApplicationContext context) {
        super(beans);
        this.beans = beans;
        this.context = context;
    }

    @Override
    public void onApplicationEvent(EnvironmentChangeEvent event) {
        if (!(event instanceof EffectiveChangeEvent)) {
            super.onApplicationEvent(event);
        } else if (event.getSource() == context) {
            // In an order of their own, so that a refresh which fails fails the same way each time.
            for (String name : new TreeSet<>(beans.getBeanNames())) {
                rebindIfChanged(name, event.getKeys());
            }
        }
    }

    private void rebindIfChanged(String name, Set<String> keys) {
        ConfigurationPropertiesBean bean = find(name);
        if (bean == null) {
            return;
        }
        ConfigurationPropertyName prefix = ConfigurationPropertyName.adapt(bean.getAnnotation().prefix(), '.');
        boolean changed = keys.stream().map(key -> ConfigurationPropertyName.adapt(key, '.'))
                .anyMatch(key -> prefix.equals(key) || prefix.isAncestorOf(key));
        if (!changed) {
            return;
        }
        if (bean.asBindTarget().getBindMethod() == BindMethod.VALUE_OBJECT) {
            LOG.info("{} cannot be changed: the new values of {} take effect with the next start",
                    name, prefix);
        } else {
            rebind(name);
        }
    }

    private @Nullable ConfigurationPropertiesBean find(String name) {
        for (ApplicationContext owner = context; owner != null; owner = owner.getParent()) {
            if (owner.containsLocalBean(name)) {
                return ConfigurationPropertiesBean.get(owner, owner.getBean(name), name);
            }
        }
        return null;
    }
}
