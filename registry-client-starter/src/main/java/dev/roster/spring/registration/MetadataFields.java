package dev.roster.spring.registration;

import dev.roster.spring.discovery.InstanceMetadata;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What of an instance's metadata Roster has fields for, by which its own load-balancing table, its filters, and callers by other
 * protocols go. Metadata is free text, so what a field does not take is left out of it, and stays in the metadata.
 *
 * @param weight share of the traffic, 0 to 10,000; null if the metadata does not say
 * @param tags at most 32, possibly none
 * @param ports further ports by name, at most 16, possibly none
 */
record MetadataFields(@Nullable Double weight, List<String> tags, Map<String, Integer> ports) {
    private static final double GREATEST_WEIGHT = 10_000;
    private static final int MOST_TAGS = 32;
    private static final int MOST_PORTS = 16;
    private static final int LONGEST_TAG = 63;
    private static final Pattern COMMA = Pattern.compile(",");
    private static final Pattern PORT_NAME = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?");
    private static final Pattern PORT = Pattern.compile("[1-9][0-9]{0,4}");
    private static final int GREATEST_PORT = 65_535;

    static MetadataFields of(Map<String, String> metadata) {
        Double weight = InstanceMetadata.weight(metadata);
        return new MetadataFields(weight == null || weight > GREATEST_WEIGHT ? null : weight, tags(metadata),
                ports(metadata));
    }

    private static List<String> tags(Map<String, String> metadata) {
        return COMMA.splitAsStream(metadata.getOrDefault(InstanceMetadata.TAGS, ""))
                .filter(tag -> !tag.isBlank() && tag.length() <= LONGEST_TAG).distinct().limit(MOST_TAGS).toList();
    }

    private static Map<String, Integer> ports(Map<String, String> metadata) {
        Map<String, Integer> ports = new TreeMap<>();
        new TreeMap<>(metadata).forEach((name, value) -> {
            if (name.startsWith(InstanceMetadata.PORT_PREFIX) && ports.size() < MOST_PORTS
                    && PORT.matcher(value).matches()) {
                String port = name.substring(InstanceMetadata.PORT_PREFIX.length());
                int number = Integer.parseInt(value);
                if (PORT_NAME.matcher(port).matches() && number <= GREATEST_PORT) {
                    ports.put(port, number);
                }
            }
        });
        return ports;
    }
}
