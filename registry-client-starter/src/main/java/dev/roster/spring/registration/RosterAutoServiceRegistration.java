package dev.roster.spring.registration;

import dev.roster.spring.discovery.RosterDiscoveryProperties;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.web.server.context.ConfigurableWebServerApplicationContext;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.cloud.client.serviceregistry.AbstractAutoServiceRegistration;
import org.springframework.cloud.client.serviceregistry.AutoServiceRegistrationProperties;
import org.springframework.cloud.client.serviceregistry.RegistrationLifecycle;
import org.springframework.context.ApplicationContext;
import org.springframework.context.SmartLifecycle;

/**
 * Registers the application while it runs. It starts last and stops first of all that has a lifecycle: the application is
 * found only when everything in it runs, and no longer found before the web server turns the first request away; between the two
 * it drains, and waits for a while, so that whoever has just found it is still served. The web server's event only tells the port; so an
 * application without web server is registered as well, if it has a port.
 */
final class RosterAutoServiceRegistration extends AbstractAutoServiceRegistration<RosterRegistration>
        implements
            SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(RosterAutoServiceRegistration.class);

    /** The last phase to start and the first to stop. */
    static final int PHASE = Integer.MAX_VALUE;

    private final RosterServiceRegistry registry;
    private final RosterRegistration registration;
    private final RosterDiscoveryProperties discoveryProperties;
    private final Pause pause;

    RosterAutoServiceRegistration(ApplicationContext context, RosterServiceRegistry registry,
            AutoServiceRegistrationProperties properties, RosterDiscoveryProperties discoveryProperties,
            RosterRegistration registration, List<RegistrationLifecycle<RosterRegistration>> lifecycles, Pause pause) {
        super(context, registry, properties, List.of(), lifecycles);
        this.registry = registry;
        this.discoveryProperties = discoveryProperties;
        this.registration = registration;
        this.pause = pause;
    }

    @Override
    public void onApplicationEvent(WebServerInitializedEvent event) {
        boolean management = event.getApplicationContext() instanceof ConfigurableWebServerApplicationContext context
                && "management".equals(context.getServerNamespace());
        int port = event.getWebServer().getPort();
        if (management) {
            registration.initializeManagementPort(port);
        } else if (discoveryProperties.port() == null) {
            registration.initializePort(port);
        }
    }

    @Override
    public void start() {
        if (registration.getPort() <= 0) {
            LOG.info("The application is not registered: it has no web server, and roster.discovery.port is not set");
            return;
        }
        super.start();
    }

    // With health, the application waits in the registry for its first good answer.
    @Override
    protected void register() {
        registry.register(registration, !discoveryProperties.health().enabled());
    }

    @Override
    public void stop() {
        Optional<ManagedInstance> instance = registry.find(registration);
        super.stop();
        instance.map(ended -> ended.left(discoveryProperties.drain())).filter(left -> left.compareTo(Duration.ZERO) > 0)
                .ifPresent(pause::await);
    }

    @Override
    public int getPhase() {
        return PHASE;
    }

    @Override
    public boolean isAutoStartup() {
        return true;
    }

    @Override
    protected RosterRegistration getRegistration() {
        return registration;
    }

    @Override
    protected boolean isEnabled() {
        return discoveryProperties.register();
    }

    // Roster has one record for an application; the port of its management is in the metadata.
    @Override
    protected boolean shouldRegisterManagement() {
        return false;
    }

    @Override
    protected RosterRegistration getManagementRegistration() {
        return registration;
    }

    @Override
    @Deprecated
    protected Object getConfiguration() {
        return discoveryProperties;
    }
}
