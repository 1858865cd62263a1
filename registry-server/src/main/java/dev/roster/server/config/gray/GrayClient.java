package dev.roster.server.config.gray;

import dev.roster.server.security.InvalidArgumentException;
import java.net.InetAddress;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Who asks for configuration, as far as gray releases care.
 *
 * @param instance id of the instance, 1 to 128 letters, digits, dots, colons, hyphens and underscores; null if not said
 * @param address IP address, null if not known
 * @param labels what else is known, at most {@value #MAX_LABELS}
 */
public record GrayClient(@Nullable String instance, @Nullable String address, Map<String, String> labels) {

    /** Most labels of a client, and of a step. */
    public static final int MAX_LABELS = 20;

    /** Longest value of a label. */
    public static final int MAX_LABEL_CHARACTERS = 128;

    /** Nobody whom a gray release chooses. */
    public static final GrayClient UNKNOWN = new GrayClient(null, null, Map.of());

    private static final Pattern INSTANCE = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9.:_-]{0,126}[A-Za-z0-9])?");
    private static final Pattern LABEL = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._/-]{0,61}[A-Za-z0-9])?");

    /** Refuses other forms with {@link InvalidArgumentException}, fields {@code instance}, {@code address}, {@code labels}. */
    public GrayClient {
        if (instance != null) {
            checkInstance("instance", instance);
        }
        if (address != null) {
            parse(address);
        }
        checkLabels(labels);
        labels = Map.copyOf(labels);
    }

    static void checkInstance(String field, String instance) {
        if (!INSTANCE.matcher(instance).matches()) {
            throw new InvalidArgumentException(field, instance, "1 to 128 letters, digits, dots, colons, hyphens and"
                    + " underscores, beginning and ending with a letter or a digit");
        }
    }

    static void checkLabels(Map<String, String> labels) {
        if (labels.size() > MAX_LABELS) {
            throw new InvalidArgumentException("labels", labels.size() + " labels", "at most " + MAX_LABELS);
        }
        labels.forEach((name, value) -> {
            if (!LABEL.matcher(name).matches()) {
                throw new InvalidArgumentException("labels", name, "names of 1 to 63 letters, digits, dots, slashes,"
                        + " hyphens and underscores, beginning and ending with a letter or a digit");
            }
            if (value.length() > MAX_LABEL_CHARACTERS) {
                throw new InvalidArgumentException("labels", value,
                        "values of at most " + MAX_LABEL_CHARACTERS + " characters");
            }
        });
    }

    private static byte[] parse(String address) {
        try {
            return InetAddress.ofLiteral(address).getAddress();
        } catch (IllegalArgumentException e) {
            throw new InvalidArgumentException("address", address, "an IP address, such as 10.0.0.7");
        }
    }

    /** Tells whether the address is known and in one of some ranges. */
    boolean isIn(Iterable<AddressRange> ranges) {
        if (address != null) {
            byte[] bytes = parse(address);
            for (AddressRange range : ranges) {
                if (range.contains(bytes)) {
                    return true;
                }
            }
        }
        return false;
    }
}
