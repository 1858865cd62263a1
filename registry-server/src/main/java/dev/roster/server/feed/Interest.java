package dev.roster.server.feed;

import dev.roster.server.config.ItemKey;
import dev.roster.server.config.gray.GrayClient;
import dev.roster.server.registry.ServiceKey;
import dev.roster.server.security.InvalidArgumentException;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * What somebody wants to follow: at least one service or item, whether or not it exists yet.
 *
 * @param services services whose instances are wanted, in the order asked for, each once, at most {@value #MAX_TARGETS}
 * @param items configuration items that are wanted, in the order asked for, each once, at most {@value #MAX_TARGETS}
 * @param client as whom: what gray releases choose by
 */
public record Interest(List<ServiceKey> services, List<ItemKey> items, GrayClient client) {

    /** Most services, and most items, of one interest: each is a range that the store compares with every change. */
    public static final int MAX_TARGETS = 1000;

    /** Makes an interest of somebody whom no gray release chooses. */
    public Interest(List<ServiceKey> services, List<ItemKey> items) {
        this(services, items, GrayClient.UNKNOWN);
    }

    /** Drops what is named twice; refuses nothing at all and too much with {@link InvalidArgumentException}. */
    public Interest {
        checkSize("services", services);
        checkSize("configs", items);
        if (services.isEmpty() && items.isEmpty()) {
            throw new InvalidArgumentException("services", "no service and no item", "at least one service or item");
        }
        services = List.copyOf(new LinkedHashSet<>(services));
        items = List.copyOf(new LinkedHashSet<>(items));
    }

    private static void checkSize(String field, List<?> targets) {
        if (targets.size() > MAX_TARGETS) {
            throw new InvalidArgumentException(field, targets.size() + " entries",
                    "at most " + MAX_TARGETS + " entries");
        }
    }
}
