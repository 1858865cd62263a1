package dev.roster.spring.discovery;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.client.ServiceInstance;

/**
 * The names under which an instance tells more of itself to callers by Spring Cloud, which know metadata only. {@code zone} and
 * {@code weight} are those of Spring Cloud LoadBalancer, {@code management.*} those of Spring Boot Admin.
 */
public final class InstanceMetadata {
    /** Failure domain. */
    public static final String ZONE = "zone";
    /** Share of the requests, a number in decimal. */
    public static final String WEIGHT = "weight";
    /** Labels, separated by commas. */
    public static final String TAGS = "tags";
    /** What the names of further ports begin with. */
    public static final String PORT_PREFIX = "port.";
    /** Port of Actuator. */
    public static final String MANAGEMENT_PORT = "management.port";
    /** Path of Actuator. */
    public static final String MANAGEMENT_PATH = "management.context-path";

    private static final Pattern TAG = Pattern.compile("[^,\\s]{1,63}");

    private InstanceMetadata() {}

    /**
     * Writes tags as one value.
     *
     * @throws IllegalArgumentException if one is empty, longer than 63 characters, or has a comma or white space in it
     */
    public static String joinTags(List<String> tags) {
        tags.forEach(tag -> {
            if (!TAG.matcher(tag).matches()) {
                throw new IllegalArgumentException(
                        "tags: expected 1 to 63 characters without comma and white space, got '" + tag + "'");
            }
        });
        return String.join(",", tags);
    }

    /** Returns one value of an instance's metadata, null if there is none. Instances of other registries may have no metadata. */
    public static @Nullable String find(ServiceInstance instance, String name) {
        Map<String, String> metadata = instance.getMetadata();
        return metadata == null ? null : metadata.get(name);
    }

    /** Returns the weight in metadata, 0 or more; null if there is none, or something else than such a number. */
    public static @Nullable Double weight(@Nullable Map<String, String> metadata) {
        String weight = metadata == null ? null : metadata.get(WEIGHT);
        if (weight == null) {
            return null;
        }
        try {
            double value = Double.parseDouble(weight);
            return Double.isFinite(value) && value >= 0 ? value : null;
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /** Returns the tags of an instance; empty if it has none. */
    public static Set<String> tags(ServiceInstance instance) {
        String joined = Objects.requireNonNullElse(find(instance, TAGS), "");
        return joined.isEmpty() ? Set.of() : Set.copyOf(List.of(joined.split(",")));
    }
}
