package dev.roster.spring.config;

import dev.roster.api.config.ConfigClient;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Binder;

/** Who the application is to gray releases: known before there are beans, and the same after a restart where it can be. */
final class ConfigIdentity {
    static final String APPLICATION = "application";
    private static final String ZONE = "zone";

    private static final int MAX_CHARACTERS = 128;

    private ConfigIdentity() {}

    static ConfigClient of(RosterConfigProperties properties, String application, Binder binder) {
        Map<String, String> labels = new TreeMap<>();
        labels.put(APPLICATION, application);
        binder.bind("roster.discovery.zone", String.class).ifBound(zone -> labels.put(ZONE, zone));
        labels.putAll(properties.labels());
        String given = properties.instanceId();
        String own = given == null ? binder.bind("roster.discovery.instance-id", String.class).orElse(null) : given;
        return new ConfigClient(allowed(own == null ? defaultId(application, binder) : own), null, labels);
    }

    private static String defaultId(String application, Binder binder) {
        String port = binder.bind("server.port", String.class).orElse("8080");
        // A port that is chosen at the start does not tell two instances on one host apart.
        return application + ":" + host() + ":" + (port.equals("0") ? UUID.randomUUID() : port);
    }

    private static String host() {
        @Nullable
        String name = System.getenv("HOSTNAME");
        try {
            return name == null || name.isBlank() ? InetAddress.getLocalHost().getHostName() : name;
        } catch (UnknownHostException e) {
            return Objects.requireNonNullElse(System.getenv("COMPUTERNAME"), "localhost");
        }
    }

    private static String allowed(String id) {
        String clean = id.replaceAll("[^A-Za-z0-9.:_-]", "-").replaceAll("^[^A-Za-z0-9]+|[^A-Za-z0-9]+$", "");
        String end = clean.length() <= MAX_CHARACTERS ? clean : clean.substring(clean.length() - MAX_CHARACTERS);
        String begun = end.replaceAll("^[^A-Za-z0-9]+", "");
        return begun.isEmpty() ? "instance" : begun;
    }
}
