package dev.roster.server.registry;

import dev.roster.server.security.InvalidArgumentException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which instances are wanted. Made by {@link #parse} or put together from parts. */
public sealed interface InstanceFilter {

    /** Every instance. */
    InstanceFilter EVERY = new All(List.of());

    /** Tells whether an instance is wanted. */
    boolean matches(RegisteredInstance instance);

    /**
     * Reads a filter: comparisons joined by {@code and}, {@code or}, {@code not} and parentheses.
     * <ul>
     * <li>{@code zone == "a"}, {@code zone != "a"}, {@code version like "1.*"}, where an asterisk stands for any characters.
     * On the left: service, id, host, port, status, zone, cluster, version, or {@code metadata.name} (with a name that is no word:
     * {@code metadata["a name"]}). What an instance does not have is equal to nothing. Quotes may be left out of a word.
     * <li>{@code "canary" in tags}, {@code "canary" not in tags};
     * <li>{@code healthy}, {@code secure}, {@code persistent}.
     * </ul>
     *
     * @param field name of the argument that it comes from
     * @throws InvalidArgumentException if it is none
     */
    static InstanceFilter parse(String field, String text) {
        return new FilterParser(field, text).parse();
    }

    /** What an instance can be compared by. */
    sealed interface Attribute {

        /** Returns the value of an instance, null if it has none. */
        @Nullable
        String of(RegisteredInstance instance);
    }

    /** An attribute that every filter can name. */
    enum Named implements Attribute {
        SERVICE, ID, HOST, PORT, STATUS, ZONE, CLUSTER, VERSION;

        @Override
        public @Nullable String of(RegisteredInstance instance) {
            Endpoint endpoint = instance.registration().endpoint();
            Traits traits = instance.registration().traits();
            return switch (this) {
                case SERVICE -> instance.key().service().name().value();
                case ID -> instance.key().id().value();
                case HOST -> endpoint.host();
                case PORT -> Integer.toString(endpoint.port());
                case STATUS -> instance.status().label();
                case ZONE -> traits.zone();
                case CLUSTER -> traits.cluster();
                case VERSION -> traits.version();
            };
        }
    }

    /**
     * An entry of metadata.
     *
     * @param name its name
     */
    record Metadata(String name) implements Attribute {
        @Override
        public @Nullable String of(RegisteredInstance instance) {
            return instance.metadata().get(name);
        }
    }

    /** What an instance is or is not. */
    enum Flag implements InstanceFilter {
        HEALTHY, SECURE, PERSISTENT;

        @Override
        public boolean matches(RegisteredInstance instance) {
            return switch (this) {
                case HEALTHY -> instance.status().isHealthy();
                case SECURE -> instance.registration().endpoint().secure();
                case PERSISTENT -> instance.registration().isPersistent();
            };
        }
    }

    /** All of several; none means every instance. */
    record All(List<InstanceFilter> parts) implements InstanceFilter {
        public All {
            parts = List.copyOf(parts);
        }

        @Override
        public boolean matches(RegisteredInstance instance) {
            return parts.stream().allMatch(part -> part.matches(instance));
        }
    }

    /** At least one of several. */
    record Any(List<InstanceFilter> parts) implements InstanceFilter {
        public Any {
            parts = List.copyOf(parts);
        }

        @Override
        public boolean matches(RegisteredInstance instance) {
            return parts.stream().anyMatch(part -> part.matches(instance));
        }
    }

    /** The others. */
    record Not(InstanceFilter part) implements InstanceFilter {
        @Override
        public boolean matches(RegisteredInstance instance) {
            return !part.matches(instance);
        }
    }

    /** Those that have just this value. */
    record Equal(Attribute attribute, String value) implements InstanceFilter {
        @Override
        public boolean matches(RegisteredInstance instance) {
            return value.equals(attribute.of(instance));
        }
    }

    /** Those whose value is of a pattern. */
    record Like(Attribute attribute, Wildcard pattern) implements InstanceFilter {
        @Override
        public boolean matches(RegisteredInstance instance) {
            String value = attribute.of(instance);
            return value != null && pattern.matches(value);
        }
    }

    /** Those that carry a tag. */
    record Tagged(String tag) implements InstanceFilter {
        @Override
        public boolean matches(RegisteredInstance instance) {
            return instance.registration().traits().tags().contains(tag);
        }
    }
}
