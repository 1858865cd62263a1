package dev.roster.spring.registration;

import dev.roster.api.registry.InstanceRegistration;
import dev.roster.spring.discovery.InstanceMetadata;
import dev.roster.spring.discovery.RosterServiceInstance;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.client.serviceregistry.Registration;

/**
 * What an application registers of itself. The port of one that has a web server is known only when that has started; until
 * then it is 0.
 */
public final class RosterRegistration implements Registration {
    private static final int MAX_ID_CHARACTERS = 128;

    private final String service;
    private final @Nullable String id;
    private final String host;
    private volatile int port;
    private volatile int managementPort;
    private final boolean secure;
    private final Duration ttl;
    private final @Nullable String zone;
    private final Map<String, String> metadata;

    /**
     * Makes a registration.
     *
     * @param service name of the service
     * @param id unique within the service; null means host and port, which stay the same when the instance is started again,
     *     so that one that crashed is replaced by its successor at once
     * @param host host name or IP address under which others reach the instance
     * @param port 1 to 65535, 0 if not known yet
     * @param secure whether others use TLS
     * @param ttl how long the instance lives without a heartbeat, 1 s to 1 day
     * @param zone failure domain, null if unknown
     * @param metadata free text by name; a weight, tags and further ports in it become those of the registration too
     */
    public RosterRegistration(String service, @Nullable String id, String host, int port, boolean secure, Duration ttl,
            @Nullable String zone, Map<String, String> metadata) {
        this.service = service;
        this.id = id;
        this.host = host;
        this.port = port;
        this.secure = secure;
        this.ttl = ttl;
        this.zone = zone;
        this.metadata = Map.copyOf(metadata);
    }

    void initializePort(int known) {
        port = known;
    }

    /** Sets the port of the management server, which is told unless the metadata has one. */
    void initializeManagementPort(int known) {
        managementPort = known;
    }

    InstanceRegistration toRequest() {
        Map<String, String> all = told();
        MetadataFields fields = MetadataFields.of(all);
        return new InstanceRegistration(host, port, secure, fields.ports(), null, ttl, null, zone, null, null,
                fields.tags(), fields.weight(), all, null);
    }

    private Map<String, String> told() {
        Map<String, String> all = new LinkedHashMap<>(metadata);
        if (managementPort > 0) {
            all.putIfAbsent(InstanceMetadata.MANAGEMENT_PORT, String.valueOf(managementPort));
        }
        return all;
    }

    @Override
    public String getServiceId() {
        return service;
    }

    @Override
    public String getInstanceId() {
        return id == null ? defaultId(host, port) : id;
    }

    @Override
    public String getHost() {
        return host;
    }

    @Override
    public int getPort() {
        return port;
    }

    @Override
    public boolean isSecure() {
        return secure;
    }

    @Override
    public URI getUri() {
        return RosterServiceInstance.uri(getScheme(), host, port);
    }

    @Override
    public String getScheme() {
        return secure ? "https" : "http";
    }

    @Override
    public Map<String, String> getMetadata() {
        Map<String, String> all = told();
        if (zone != null) {
            all.putIfAbsent(InstanceMetadata.ZONE, zone);
        }
        return all;
    }

    @Override
    public String toString() {
        return service + "/" + getInstanceId() + " at " + getUri();
    }

    private static String defaultId(String host, int port) {
        String id = (host + ":" + port).replaceAll("[^A-Za-z0-9.:_-]", "-").replaceAll("^[^A-Za-z0-9]+", "");
        return id.length() <= MAX_ID_CHARACTERS ? id : id.substring(id.length() - MAX_ID_CHARACTERS);
    }
}
