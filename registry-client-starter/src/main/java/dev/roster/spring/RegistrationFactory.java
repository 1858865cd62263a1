package dev.roster.spring;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.commons.util.InetUtils;
import org.springframework.core.env.Environment;

/** Works out what to register, from properties, environment and network interfaces. */
final class RegistrationFactory {
    private static final int MAX_ID_CHARACTERS = 128;

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

    /** Returns the port that is configured, null if it is that of the web server. */
    @Nullable
    Integer configuredPort() {
        return properties.port();
    }

    RosterRegistration create(int port) {
        String host = host();
        String service = properties.serviceName();
        String id = properties.instanceId();
        return new RosterRegistration(service == null ? ApplicationName.of(environment) : service,
                id == null ? defaultId(host, port) : id, host, port, secure(), properties.ttl(), properties.zone(),
                metadata(port));
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

    private Map<String, String> metadata(int port) {
        Map<String, String> metadata = new LinkedHashMap<>(properties.metadata());
        Integer management = environment.getProperty("management.server.port", Integer.class);
        if (management != null && management > 0 && management != port) {
            metadata.putIfAbsent("management.port", management.toString());
        }
        customizers.forEach(customizer -> customizer.customize(metadata));
        return metadata;
    }

    /** The same after a restart, so that an instance that crashed is replaced by its successor at once. */
    private static String defaultId(String host, int port) {
        String id = (host + ":" + port).replaceAll("[^A-Za-z0-9.:_-]", "-").replaceAll("^[^A-Za-z0-9]+", "");
        return id.length() <= MAX_ID_CHARACTERS ? id : id.substring(id.length() - MAX_ID_CHARACTERS);
    }
}
