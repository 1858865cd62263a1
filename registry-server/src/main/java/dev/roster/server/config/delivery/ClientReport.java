package dev.roster.server.config.delivery;

import dev.roster.server.security.InvalidArgumentException;
import dev.roster.server.security.NamespaceName;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an application says of all items of a namespace that it follows.
 *
 * @param namespace where they are
 * @param client which application says so
 * @param application its name, to {@value #MAX_NAME} characters, null if not said
 * @param healthy whether the application is well, as far as it knows
 * @param items 1 to {@value #MAX_ITEMS}, each once
 */
public record ClientReport(NamespaceName namespace, ClientName client, @Nullable String application,
        boolean healthy, List<ItemReport> items) {

    /** Longest name of an application. */
    public static final int MAX_NAME = 128;

    /** Most items of a report: an application with 20 profiles asks for 42. */
    public static final int MAX_ITEMS = 100;

    /** Refuses a report on nothing, or on too much, with {@link InvalidArgumentException}. */
    public ClientReport {
        if (application != null && (application.isBlank() || application.length() > MAX_NAME)) {
            throw new InvalidArgumentException("application", application, "1 to " + MAX_NAME + " characters");
        }
        if (items.isEmpty() || items.size() > MAX_ITEMS) {
            throw new InvalidArgumentException("items", items.size() + " items", "1 to " + MAX_ITEMS + " items");
        }
        Set<Object> names = new HashSet<>();
        for (ItemReport item : items) {
            if (!names.add(item.item())) {
                throw new InvalidArgumentException("items", item.item(), "each item once");
            }
        }
        items = List.copyOf(items);
    }
}
