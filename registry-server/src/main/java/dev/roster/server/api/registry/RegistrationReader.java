package dev.roster.server.api.registry;

import dev.roster.api.registry.InstanceRegistration;
import dev.roster.server.registry.Endpoint;
import dev.roster.server.registry.InstanceStatus;
import dev.roster.server.registry.Registration;
import dev.roster.server.registry.Traits;
import dev.roster.server.web.ProblemException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes a registration of what was sent: fills in defaults and names what is missing. */
final class RegistrationReader {
    private RegistrationReader() {}

    static Registration read(InstanceRegistration sent) {
        dev.roster.api.registry.InstanceStatus status = sent.status();
        return new Registration(endpoint(sent), ttl(sent), status == null ? InstanceStatus.UP : read(status),
                traits(sent),
                JsonValues.list("checks", sent.checks(), "an object").stream().map(CheckReader::read).toList());
    }

    static InstanceStatus read(dev.roster.api.registry.InstanceStatus status) {
        return switch (status) {
            case UP -> InstanceStatus.UP;
            case WARNING -> InstanceStatus.WARNING;
            case STARTING -> InstanceStatus.STARTING;
            case DRAINING -> InstanceStatus.DRAINING;
            case OUT_OF_SERVICE -> InstanceStatus.OUT_OF_SERVICE;
            case DOWN -> InstanceStatus.DOWN;
        };
    }

    private static Endpoint endpoint(InstanceRegistration sent) {
        String host = sent.host();
        if (host == null) {
            throw ProblemException.invalidArgument("host", null, "an IP address or DNS name");
        }
        Integer port = sent.port();
        if (port == null) {
            throw ProblemException.invalidArgument("port", null, "1 to 65535");
        }
        return new Endpoint(host, port, Boolean.TRUE.equals(sent.secure()),
                JsonValues.map("ports", sent.ports(), "an integer from 1 to 65535"));
    }

    private static @Nullable Duration ttl(InstanceRegistration sent) {
        Duration ttl = sent.ttl();
        if (!Boolean.TRUE.equals(sent.persistent())) {
            return ttl == null ? Registration.DEFAULT_TTL : ttl;
        }
        if (ttl != null) {
            throw ProblemException.invalidArgument("ttl", ttl, "none for a persistent instance");
        }
        return null;
    }

    private static Traits traits(InstanceRegistration sent) {
        Double weight = sent.weight();
        List<String> tags = JsonValues.list("tags", sent.tags(), "a string");
        Map<String, String> metadata = JsonValues.map("metadata", sent.metadata(), "a string");
        return new Traits(sent.zone(), sent.cluster(), sent.version(), tags,
                weight == null ? Traits.DEFAULT_WEIGHT : weight, metadata);
    }
}
