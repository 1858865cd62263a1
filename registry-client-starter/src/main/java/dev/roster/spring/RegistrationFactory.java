package dev.roster.spring;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.cloud.commons.util.InetUtils;
import org.springframework.core.env.Environment;

/** Works out what to register, from properties, environment and network interfaces. */
final class RegistrationFactory {
    private final RosterDiscoveryProperties properties;
    private final Environment environment;
    private final InetUtils network;
    private final List<RosterRegistrationCustomizer> customizers;

    RegistrationFactory(RosterDiscoveryProperties properties, Environment environment, InetUtils network,
            List<RosterRegistrationCustomizer> customizers) {
        this.properties = properties;
        this.environment = environment;
        this.network = network;
        this.customizers = customizers;
    }

    /** Returns the registration; its port is 0 if that is to be the web server's. */
    RosterRegistration create() {
        Integer port = properties.port();
        String service = properties.serviceName();
        return new RosterRegistration(service == null ? ApplicationName.of(environment) : service,
                properties.instanceId(), host(), port == null ? 0 : port, secure(), properties.ttl(), properties.zone(),
                metadata());
    }

    private String host() {
        String given = properties.host();
        if (given != null) {
            return given;
        }
        InetUtils.HostInfo found = network.findFirstNonLoopbackHostInfo();
        return properties.preferHostname() ? found.getHostname() : found.getIpAddress();
    }

    private boolean secure() {
        Boolean given = properties.secure();
        if (given != null) {
            return given;
        }
        return environment.getProperty("server.ssl.enabled", Boolean.class,
                environment.containsProperty("server.ssl.bundle")
                        || environment.containsProperty("server.ssl.key-store")
                        || environment.containsProperty("server.ssl.certificate"));
    }

    private Map<String, String> metadata() {
        Map<String, String> metadata = new LinkedHashMap<>(properties.metadata());
        Integer management = environment.getProperty("management.server.port", Integer.class, 0);
        if (management > 0 && !management.equals(environment.getProperty("server.port", Integer.class, 8080))) {
            metadata.putIfAbsent("management.port", management.toString());
        }
        customizers.forEach(customizer -> customizer.customize(metadata));
        return metadata;
    }
}
