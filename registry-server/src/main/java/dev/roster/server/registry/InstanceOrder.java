package dev.roster.server.registry;

import dev.roster.server.security.InvalidArgumentException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An order of instances. Those that are equal by it are ordered by id; those that do not have what it looks at come last.
 *
 * @param field what it looks at
 * @param descending whether the greatest comes first
 */
public record InstanceOrder(Field field, boolean descending) {

    /** The order of ids. */
    public static final InstanceOrder BY_ID = new InstanceOrder(Field.ID, false);

    /** What an order looks at. */
    public enum Field {
        ID, STATUS, ZONE, CLUSTER, VERSION, WEIGHT, REGISTERED_AT
    }

    /**
     * Reads an order: the name of a field in lower case, with a hyphen before it when the greatest comes first.
     *
     * @throws InvalidArgumentException if it is anything else, field {@code sort}
     */
    public static InstanceOrder parse(String text) {
        boolean descending = text.startsWith("-");
        String name = descending ? text.substring(1) : text;
        return Arrays.stream(Field.values()).filter(field -> name(field).equals(name)).findFirst()
                .map(field -> new InstanceOrder(field, descending))
                .orElseThrow(() -> new InvalidArgumentException("sort", text,
                        Arrays.stream(Field.values()).map(InstanceOrder::name)
                                .collect(Collectors.joining(", ", "one of ", ", or one of them after a hyphen"))));
    }

    /** Returns it as a comparator. */
    Comparator<RegisteredInstance> comparator() {
        Comparator<RegisteredInstance> byId = Comparator.comparing(instance -> instance.key().id());
        return switch (field) {
            case ID -> descending ? byId.reversed() : byId;
            case STATUS -> directed(Comparator.comparing(RegisteredInstance::status)).thenComparing(byId);
            case WEIGHT -> directed(Comparator.comparingDouble(RegisteredInstance::weight)).thenComparing(byId);
            case REGISTERED_AT -> directed(Comparator.comparing(RegisteredInstance::registeredAt)).thenComparing(byId);
            case ZONE -> byText(InstanceFilter.Named.ZONE).thenComparing(byId);
            case CLUSTER -> byText(InstanceFilter.Named.CLUSTER).thenComparing(byId);
            case VERSION -> byText(InstanceFilter.Named.VERSION).thenComparing(byId);
        };
    }

    private Comparator<RegisteredInstance> directed(Comparator<RegisteredInstance> ascending) {
        return descending ? ascending.reversed() : ascending;
    }

    private Comparator<RegisteredInstance> byText(InstanceFilter.Attribute attribute) {
        Comparator<String> order = descending ? Comparator.reverseOrder() : Comparator.naturalOrder();
        Comparator<@Nullable String> nullable = Comparator.nullsLast(order);
        return (a, b) -> nullable.compare(attribute.of(a), attribute.of(b));
    }

    private static String name(Field field) {
        return field.name().toLowerCase(Locale.ROOT);
    }
}
