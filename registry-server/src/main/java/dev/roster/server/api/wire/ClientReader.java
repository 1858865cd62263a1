package dev.roster.server.api.wire;

import dev.roster.api.config.ConfigClient;
import dev.roster.server.config.gray.GrayClient;
import dev.roster.server.security.InvalidArgumentException;
import java.net.InetAddress;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads who asks for configuration. */
public final class ClientReader {
    private ClientReader() {}

    /**
     * Reads a client.
     *
     * @param sent what it says of itself, null if nothing: then no gray release chooses it
     * @param from where its request comes from, taken for its address if it says none
     * @throws InvalidArgumentException if it says something of another form
     */
    public static GrayClient client(@Nullable ConfigClient sent, String from) {
        if (sent == null) {
            return GrayClient.UNKNOWN;
        }
        String address = sent.address();
        Map<String, String> labels = sent.labels();
        if (labels != null && labels.values().stream().anyMatch(value -> value == null)) {
            throw new InvalidArgumentException("labels", null, "a value for each label");
        }
        return new GrayClient(sent.instance(), address == null ? known(from) : address,
                labels == null ? Map.of() : labels);
    }

    private static @Nullable String known(String from) {
        try {
            return InetAddress.ofLiteral(from).getHostAddress();
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
