package dev.roster.spring.config;

import dev.roster.api.config.ConfigClient;
import dev.roster.client.RosterClient;
import dev.roster.spring.client.ApplicationName;
import dev.roster.spring.client.RosterClientCustomizer;
import dev.roster.spring.client.RosterClientFactory;
import dev.roster.spring.client.RosterClientProperties;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.DefaultSingletonBeanRegistry;
import org.springframework.boot.bootstrap.BootstrapContextClosedEvent;
import org.springframework.boot.bootstrap.BootstrapRegistry.InstanceSupplier;
import org.springframework.boot.bootstrap.ConfigurableBootstrapContext;
import org.springframework.boot.context.config.ConfigDataLocation;
import org.springframework.boot.context.config.ConfigDataLocationNotFoundException;
import org.springframework.boot.context.config.ConfigDataLocationResolver;
import org.springframework.boot.context.config.ConfigDataLocationResolverContext;
import org.springframework.boot.context.config.Profiles;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;

/**
 * Resolves {@code spring.config.import=roster:} to the items of the application: {@code application},
 * {@code application-<profile>}, {@code <name>}, {@code <name>-<profile>}, of which later ones win;
 * {@code roster:<item>} to that item; and either with {@code <namespace>/} before it to those of another namespace.
 *
 * <p>The first import makes the client, which becomes a bean when there is an application context, and is used again by
 * every refresh.
 */
final class RosterConfigDataLocationResolver implements ConfigDataLocationResolver<RosterConfigDataResource> {
    static final String PREFIX = "roster:";
    private static final String SHARED_ITEM = "application";

    @Override
    public boolean isResolvable(ConfigDataLocationResolverContext context, ConfigDataLocation location) {
        return location.hasPrefix(PREFIX);
    }

    @Override
    public List<RosterConfigDataResource> resolve(ConfigDataLocationResolverContext context,
            ConfigDataLocation location) {
        return List.of();
    }

    @Override
    public List<RosterConfigDataResource> resolveProfileSpecific(ConfigDataLocationResolverContext context,
            ConfigDataLocation location, Profiles profiles) {
        RosterConfigSource source = source(context);
        if (source == null) {
            return List.of(RosterConfigDataResource.NONE);
        }
        ItemName named = ItemName.parse(location.getNonPrefixedValue(PREFIX).strip(), source.namespace());
        if (named.namespace().isEmpty()) {
            throw new ConfigDataLocationNotFoundException(location,
                    "'" + location + "' names no namespace: expected roster:<item> or roster:<namespace>/<item>", null);
        }
        if (!named.name().isEmpty()) {
            return List.of(new RosterConfigDataResource(named, true));
        }
        Set<String> items = new LinkedHashSet<>();
        for (String base : List.of(SHARED_ITEM, source.application())) {
            items.add(base);
            profiles.getActive().forEach(profile -> items.add(base + "-" + profile));
        }
        List<RosterConfigDataResource> resources = new ArrayList<>();
        items.forEach(
                item -> resources.add(new RosterConfigDataResource(new ItemName(named.namespace(), item), false)));
        return resources;
    }

    private static @Nullable RosterConfigSource source(ConfigDataLocationResolverContext context) {
        ConfigurableBootstrapContext bootstrap = context.getBootstrapContext();
        if (!bootstrap.isRegistered(RosterConfigSource.class)) {
            Binder binder = context.getBinder();
            BindHandler handler = Objects.requireNonNullElse(bootstrap.getOrElse(BindHandler.class, null),
                    BindHandler.DEFAULT);
            RosterClientProperties clientProperties = binder.bindOrCreate("roster.client",
                    Bindable.of(RosterClientProperties.class), handler);
            RosterConfigProperties configProperties = binder.bindOrCreate("roster.config",
                    Bindable.of(RosterConfigProperties.class), handler);
            if (!clientProperties.enabled() || !configProperties.enabled()) {
                return null;
            }
            register(bootstrap, clientProperties, configProperties, binder);
        }
        return bootstrap.get(RosterConfigSource.class);
    }

    private static void register(ConfigurableBootstrapContext bootstrap, RosterClientProperties clientProperties,
            RosterConfigProperties configProperties, Binder binder) {
        String application = ApplicationName.of(binder);
        ConfigClient identity = ConfigIdentity.of(configProperties, application, binder);
        String own = configProperties.name();
        bootstrap.register(RosterConfigSource.class, InstanceSupplier.from(() -> {
            RosterClient client = RosterClientFactory.createEarly(clientProperties, application, identity, binder,
                    bootstrap.getOrElse(RosterClientCustomizer.class, null));
            return new RosterConfigSource(client, own == null ? application : own, identity, configProperties);
        }));
        bootstrap.addCloseListener(RosterConfigDataLocationResolver::promote);
    }

    private static void promote(BootstrapContextClosedEvent event) {
        RosterConfigSource source = event.getBootstrapContext().get(RosterConfigSource.class);
        if (source == null) {
            return;
        }
        source.accept();
        ConfigurableListableBeanFactory beans = event.getApplicationContext().getBeanFactory();
        beans.registerSingleton("rosterConfigSource", source);
        beans.registerSingleton("rosterClient", source.client());
        if (beans instanceof DefaultSingletonBeanRegistry registry) {
            registry.registerDisposableBean("rosterClient", source.client()::close);
        }
    }
}
