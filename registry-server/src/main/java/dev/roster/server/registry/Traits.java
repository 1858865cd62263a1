package dev.roster.server.registry;

import dev.roster.server.security.InvalidArgumentException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What tells instances of a service apart, for those who choose among them.
 *
 * @param zone failure domain, 1 to 63 characters, null if there is none
 * @param cluster group of instances within the service (the cluster of Nacos), 1 to 63 characters, null if there is none
 * @param version what it runs, 1 to 63 characters, null if it does not say
 * @param tags free words, to {@value #MAX_TAGS} of 1 to 63 characters; ordered, each once
 * @param weight share of the traffic beside the others', 0 to {@value #MAX_WEIGHT}; 0 means none
 * @param metadata free text by name: to 64 entries, names of 1 to 63 characters, values to 1,024
 */
public record Traits(@Nullable String zone, @Nullable String cluster, @Nullable String version, Collection<String> tags,
        double weight, Map<String, String> metadata) {

    /** Most tags. */
    public static final int MAX_TAGS = 32;

    /** Greatest weight, as in Nacos. */
    public static final int MAX_WEIGHT = 10_000;

    /** Weight of an instance that does not say. */
    public static final double DEFAULT_WEIGHT = 1;

    /** Traits of an instance that says nothing. */
    public static final Traits NONE = new Traits(null, null, null, List.of(), DEFAULT_WEIGHT, Map.of());

    /** Refuses what is out of range with {@link InvalidArgumentException}, which names the component. */
    public Traits {
        FreeText.checkName("zone", zone);
        FreeText.checkName("cluster", cluster);
        FreeText.checkName("version", version);
        tags.forEach(tag -> FreeText.checkName("tags", tag));
        tags = List.copyOf(new TreeSet<>(tags));
        if (tags.size() > MAX_TAGS) {
            throw new InvalidArgumentException("tags", tags.size() + " tags", "at most " + MAX_TAGS + " tags");
        }
        checkWeight(weight);
        FreeText.checkMetadata(metadata);
        metadata = Map.copyOf(metadata);
    }

    /** Refuses a weight that is out of range with {@link InvalidArgumentException}. */
    static void checkWeight(double weight) {
        if (!(weight >= 0 && weight <= MAX_WEIGHT)) {
            throw new InvalidArgumentException("weight", weight, "0 to " + MAX_WEIGHT);
        }
    }
}
