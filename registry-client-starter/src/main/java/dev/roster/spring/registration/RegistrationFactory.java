package dev.roster.spring.registration;

import dev.roster.spring.client.ApplicationName;
import dev.roster.spring.discovery.InstanceMetadata;
import dev.roster.spring.discovery.RosterDiscoveryProperties;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.context.properties.source.MutuallyExclusiveConfigurationPropertiesException;
import org.springframework.cloud.commons.util.InetUtils;
import org.springframework.core.env.Environment;

/** Works out what to register, from properties, environment and network interfaces. */
final class RegistrationFactory {
    private static final String PREFIX = "roster.discovery.";
    private static final String DEFAULT_BASE_PATH = "/actuator";

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
        String interfaceName = properties.networkInterface();
        MutuallyExclusiveConfigurationPropertiesException.throwIfMultipleNonNullValuesIn(entries -> {
            entries.put(PREFIX + "host", given);
            entries.put(PREFIX + "network-interface", interfaceName);
        });
        if (given != null) {
            return given;
        }
        InetUtils.HostInfo found = interfaceName == null
                ? network.findFirstNonLoopbackHostInfo()
                : network.convertAddress(addressOf(interfaceName));
        return properties.preferHostname() ? found.getHostname() : found.getIpAddress();
    }

    /** Returns the first address of an interface, IPv4 before IPv6. */
    private static InetAddress addressOf(String interfaceName) {
        try {
            NetworkInterface found = NetworkInterface.getByName(interfaceName);
            if (found != null) {
                return found.inetAddresses().min(Comparator.comparing(address -> address.getAddress().length))
                        .orElseThrow(() -> unusable(interfaceName, "it has no address"));
            }
        } catch (SocketException e) {
            throw unusable(interfaceName, String.valueOf(e.getMessage()));
        }
        throw unusable(interfaceName, "there is no such network interface");
    }

    private static InvalidConfigurationPropertyValueException unusable(String interfaceName, String reason) {
        return new InvalidConfigurationPropertyValueException(PREFIX + "network-interface", interfaceName, reason);
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
        Map<String, String> metadata = new LinkedHashMap<>();
        Integer weight = properties.weight();
        if (weight != null) {
            metadata.put(InstanceMetadata.WEIGHT, weight.toString());
        }
        if (!properties.tags().isEmpty()) {
            metadata.put(InstanceMetadata.TAGS, InstanceMetadata.joinTags(properties.tags()));
        }
        properties.ports().forEach((name, port) -> metadata.put(InstanceMetadata.PORT_PREFIX + name, port.toString()));
        management(metadata);
        metadata.putAll(properties.metadata());
        customizers.forEach(customizer -> customizer.customize(metadata));
        return metadata;
    }

    // The names are those that Spring Boot Admin and others look for.
    private void management(Map<String, String> metadata) {
        Integer port = managementPort();
        if (port != null) {
            metadata.put(InstanceMetadata.MANAGEMENT_PORT, port.toString());
        }
        String context = environment.getProperty(
                port == null ? "server.servlet.context-path" : "management.server.base-path",
                "");
        String path = context + environment.getProperty("management.endpoints.web.base-path", DEFAULT_BASE_PATH);
        if (!path.equals(DEFAULT_BASE_PATH)) {
            metadata.put(InstanceMetadata.MANAGEMENT_PATH, path);
        }
    }

    private @Nullable Integer managementPort() {
        Integer given = properties.managementPort();
        if (given != null) {
            return given;
        }
        int own = environment.getProperty("management.server.port", Integer.class, 0);
        int main = environment.getProperty("server.port", Integer.class, 8080);
        return own > 0 && own != main ? own : null;
    }
}
