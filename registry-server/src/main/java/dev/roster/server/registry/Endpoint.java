package dev.roster.server.registry;

import dev.roster.server.security.InvalidArgumentException;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import dev.roster.server.security.NameForm;

/**
 * Where consumers reach an instance.
 *
 * @param host IP address or DNS name, 1 to 253 characters, without brackets
 * @param port main TCP port, 1 to 65535
 * @param secure whether consumers use TLS on the main port
 * @param ports further ports by name, such as {@code management}: to {@value #MAX_PORTS}, each 1 to 65535; in the order of
 *     their names
 */
public record Endpoint(String host, int port, boolean secure, Map<String, Integer> ports) {

    /** Most further ports: more than any protocol of one process was seen to need. */
    public static final int MAX_PORTS = 16;

    private static final int MAX_PORT = 65535;
    private static final NameForm PORT_NAME = NameForm.of("._-", 63);

    /** Refuses what is out of range with {@link InvalidArgumentException}, which names the component. */
    public Endpoint {
        if (!HostName.isValid(host)) {
            throw new InvalidArgumentException("host", host, "an IP address or DNS name of 1 to 253 characters");
        }
        checkPort("port", port);
        if (ports.size() > MAX_PORTS) {
            throw new InvalidArgumentException("ports", ports.size() + " entries", "at most " + MAX_PORTS + " entries");
        }
        ports.forEach((name, number) -> {
            if (!PORT_NAME.accepts(name)) {
                throw new InvalidArgumentException("ports", name,
                        "names of 1 to 63 letters, digits, dots, hyphens and underscores,"
                                + " beginning and ending with a letter or a digit");
            }
            checkPort("ports." + name, number);
        });
        ports = Collections.unmodifiableMap(new TreeMap<>(ports));
    }

    private static void checkPort(String field, int port) {
        if (port < 1 || port > MAX_PORT) {
            throw new InvalidArgumentException(field, port, "1 to " + MAX_PORT);
        }
    }
}
