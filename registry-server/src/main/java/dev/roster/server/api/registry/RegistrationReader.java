package dev.roster.server.api.registry;

import dev.roster.api.registry.InstanceRegistration;
import dev.roster.server.registry.Registration;
import dev.roster.server.web.ProblemException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes a registration of what was sent: fills in defaults and names what is missing. */
final class RegistrationReader {
    private RegistrationReader() {}

    static Registration read(InstanceRegistration sent) {
        String host = sent.host();
        if (host == null) {
            throw ProblemException.invalidArgument("host", null, "an IP address or DNS name");
        }
        Integer port = sent.port();
        if (port == null) {
            throw ProblemException.invalidArgument("port", null, "1 to 65535");
        }
        return new Registration(host, port, Boolean.TRUE.equals(sent.secure()),
                sent.ttl() == null ? Registration.DEFAULT_TTL : sent.ttl(), sent.zone(), metadata(sent.metadata()));
    }

    private static Map<String, String> metadata(@Nullable Map<String, String> sent) {
        if (sent == null) {
            return Map.of();
        }
        sent.forEach((name, value) -> {
            // JSON knows null even where the type does not.
            if (value == null) {
                throw ProblemException.invalidArgument("metadata." + name, null, "a string");
            }
        });
        return Map.copyOf(sent);
    }
}
