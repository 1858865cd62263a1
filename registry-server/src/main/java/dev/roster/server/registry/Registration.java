package dev.roster.server.registry;

import dev.roster.server.security.InvalidArgumentException;
import dev.roster.server.store.GrantLease;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an instance says of itself.
 *
 * @param host IP address or DNS name under which consumers reach it, 1 to 253 characters, without brackets
 * @param port TCP port, 1 to 65535
 * @param secure whether consumers use TLS
 * @param ttl how long it lives without a heartbeat, {@link GrantLease#MIN_TTL} to {@link GrantLease#MAX_TTL}
 * @param zone failure domain, 1 to 63 characters, null if there is none
 * @param metadata free text by name: to {@value #MAX_METADATA} entries, names of 1 to {@value #MAX_NAME_CHARACTERS}
 *     characters, values to {@value #MAX_VALUE_CHARACTERS}
 */
public record Registration(String host, int port, boolean secure, Duration ttl, @Nullable String zone,
        Map<String, String> metadata) {

    /** Time to live of an instance that does not say: three heartbeats of the usual 10 s. */
    public static final Duration DEFAULT_TTL = Duration.ofSeconds(30);

    /** Most entries of metadata: with the longest values, some 64 KiB. */
    public static final int MAX_METADATA = 64;

    /** Longest name of an entry, and longest zone. */
    public static final int MAX_NAME_CHARACTERS = 63;

    /** Longest value of an entry. */
    public static final int MAX_VALUE_CHARACTERS = 1024;

    private static final int MAX_PORT = 65535;

    /** Refuses what is out of range with {@link InvalidArgumentException}, which names the component. */
    public Registration {
        if (!HostName.isValid(host)) {
            throw new InvalidArgumentException("host", host, "an IP address or DNS name of 1 to 253 characters");
        }
        if (port < 1 || port > MAX_PORT) {
            throw new InvalidArgumentException("port", port, "1 to " + MAX_PORT);
        }
        if (ttl.compareTo(GrantLease.MIN_TTL) < 0 || ttl.compareTo(GrantLease.MAX_TTL) > 0) {
            throw new InvalidArgumentException("ttl", ttl, GrantLease.MIN_TTL + " (1 second) to " + GrantLease.MAX_TTL
                    + " (1 day), as an ISO 8601 duration");
        }
        if (zone != null && !isName(zone)) {
            throw new InvalidArgumentException("zone", zone, nameForm());
        }
        if (metadata.size() > MAX_METADATA) {
            throw new InvalidArgumentException("metadata", metadata.size() + " entries",
                    "at most " + MAX_METADATA + " entries");
        }
        metadata.forEach(Registration::checkEntry);
        metadata = Map.copyOf(metadata);
    }

    private static void checkEntry(String name, String value) {
        if (!isName(name)) {
            throw new InvalidArgumentException("metadata", name, "names of " + nameForm());
        }
        if (value.length() > MAX_VALUE_CHARACTERS || !isUnicode(value)) {
            throw new InvalidArgumentException("metadata." + name, value,
                    "at most " + MAX_VALUE_CHARACTERS + " characters that can be written in UTF-8");
        }
    }

    private static boolean isName(String text) {
        return !text.isBlank() && text.length() <= MAX_NAME_CHARACTERS
                && text.chars().noneMatch(Character::isISOControl) && isUnicode(text);
    }

    private static String nameForm() {
        return "1 to " + MAX_NAME_CHARACTERS + " characters, not blank, without control characters";
    }

    /** Half of a surrogate pair cannot be stored. */
    private static boolean isUnicode(String text) {
        return StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }
}
