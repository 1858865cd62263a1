package dev.roster.spring;

import java.util.List;
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
 * found only when everything in it runs, and no longer found before the web server turns the first request away. The web
 * server's event only tells the port; so an application without web server is registered as well, if it has a port.
 */
final class RosterAutoServiceRegistration extends AbstractAutoServiceRegistration<RosterRegistration>
        implements
            SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(RosterAutoServiceRegistration.class);

    private final RosterRegistration registration;
    private final RosterDiscoveryProperties discoveryProperties;

    RosterAutoServiceRegistration(ApplicationContext context, RosterServiceRegistry registry,
            AutoServiceRegistrationProperties properties, RosterDiscoveryProperties discoveryProperties,
            RosterRegistration registration, List<RegistrationLifecycle<RosterRegistration>> lifecycles) {
        super(context, registry, properties, List.of(), lifecycles);
        this.discoveryProperties = discoveryProperties;
        this.registration = registration;
    }

    @Override
    public void onApplicationEvent(WebServerInitializedEvent event) {
        boolean management = event.getApplicationContext() instanceof ConfigurableWebServerApplicationContext context
                && "management".equals(context.getServerNamespace());
        if (!management && discoveryProperties.port() == null) {
            registration.initializePort(event.getWebServer().getPort());
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

    @Override
    public int getPhase() {
        return Integer.MAX_VALUE;
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
