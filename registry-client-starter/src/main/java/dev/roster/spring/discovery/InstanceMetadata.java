package dev.roster.spring.discovery;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.client.ServiceInstance;

/**
 * The names under which an instance tells more of itself than Roster has fields for. {@code zone} and {@code weight} are those of
 * Spring Cloud LoadBalancer, {@code management.*} those of Spring Boot Admin.
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

    /** Returns the tags of an instance; empty if it has none. */
    public static Set<String> tags(ServiceInstance instance) {
        String joined = Objects.requireNonNullElse(find(instance, TAGS), "");
        return joined.isEmpty() ? Set.of() : Set.copyOf(List.of(joined.split(",")));
    }
}
