package dev.roster.server.config.gray;

import dev.roster.server.security.InvalidArgumentException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One step of a gray release: whom it adds, and for how long it is looked at. A client is added that is named in
 * {@code instances}, or that fits everything else that the step says.
 *
 * @param instances ids of instances, at most {@value #MAX_INSTANCES}
 * @param addresses IP addresses and ranges of them, at most {@value #MAX_ADDRESSES}; empty for any address
 * @param labels labels that a client must have, each with this value; empty for any
 * @param percentage how many of a hundred of those that fit so far, 0 to 100; null means all, or none if the step says neither
 *     addresses nor labels
 * @param bake how long until the next step, 5 s to 30 days
 */
public record GrayStep(Set<String> instances, List<String> addresses, Map<String, String> labels,
        @Nullable Integer percentage, Duration bake) {

    /** Most instances that a step names. */
    public static final int MAX_INSTANCES = 100;

    /** Most ranges of addresses of a step. */
    public static final int MAX_ADDRESSES = 50;

    /** Reports are some seconds old: what takes less says nothing. */
    public static final Duration MIN_BAKE = Duration.ofSeconds(5);

    /** Longest that a step is looked at. */
    public static final Duration MAX_BAKE = Duration.ofDays(30);

    private static final int ALL = 100;

    /** Refuses what is out of range, and a step that chooses nobody, with {@link InvalidArgumentException}. */
    public GrayStep {
        if (instances.size() > MAX_INSTANCES) {
            throw new InvalidArgumentException("instances", instances.size() + " instances",
                    "at most " + MAX_INSTANCES);
        }
        instances.forEach(instance -> GrayClient.checkInstance("instances", instance));
        if (addresses.size() > MAX_ADDRESSES) {
            throw new InvalidArgumentException("addresses", addresses.size() + " addresses",
                    "at most " + MAX_ADDRESSES);
        }
        addresses.forEach(AddressRange::parse);
        GrayClient.checkLabels(labels);
        if (percentage != null && (percentage < 0 || percentage > ALL)) {
            throw new InvalidArgumentException("percentage", percentage, "0 to 100");
        }
        if (bake.compareTo(MIN_BAKE) < 0 || bake.compareTo(MAX_BAKE) > 0) {
            throw new InvalidArgumentException("bake", bake, "PT5S to P30D");
        }
        boolean somebody = percentage == null ? !addresses.isEmpty() || !labels.isEmpty() : percentage > 0;
        if (instances.isEmpty() && !somebody) {
            throw new InvalidArgumentException("percentage", percentage,
                    "1 to 100, or instances, addresses or labels");
        }
        instances = Set.copyOf(instances);
        addresses = List.copyOf(addresses);
        labels = Map.copyOf(labels);
    }

    /**
     * Tells whether the step adds a client.
     *
     * @param salt what makes the choice of a percentage another one than that of other gray releases
     */
    boolean adds(GrayClient client, String salt) {
        String instance = client.instance();
        if (instance != null && instances.contains(instance)) {
            return true;
        }
        return share() > 0
                && (addresses.isEmpty() || client.isIn(addresses.stream().map(AddressRange::parse).toList()))
                && client.labels().entrySet().containsAll(labels.entrySet())
                && (share() == ALL || (instance != null && Bucket.of(salt, instance) < share()));
    }

    private int share() {
        if (percentage != null) {
            return percentage;
        }
        return addresses.isEmpty() && labels.isEmpty() ? 0 : ALL;
    }
}
