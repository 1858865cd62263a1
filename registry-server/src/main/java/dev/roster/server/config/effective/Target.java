package dev.roster.server.config.effective;

import dev.roster.server.config.ItemName;
import dev.roster.server.config.gray.GrayClient;
import dev.roster.server.security.InvalidArgumentException;
import dev.roster.server.security.NamespaceName;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.regex.Pattern;

/**
 * An application whose configuration is asked for.
 *
 * @param namespace where its configuration is
 * @param application its name, as {@code spring.application.name} says it
 * @param profiles its active profiles in their order, each once, at most {@value #MAX_PROFILES}
 * @param client which of its instances, by which gray releases choose; {@link GrayClient#UNKNOWN} for what most have
 */
public record Target(NamespaceName namespace, String application, List<String> profiles, GrayClient client) {

    /** Most profiles: each is two more items. */
    public static final int MAX_PROFILES = 20;

    /** Name of the item that all applications share. */
    private static final String SHARED = "application";

    private static final Pattern PROFILE = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._-]{0,62}[A-Za-z0-9])?");

    /** Names an application, but none of its instances. */
    public Target(NamespaceName namespace, String application, List<String> profiles) {
        this(namespace, application, profiles, GrayClient.UNKNOWN);
    }

    /** Refuses what cannot be part of the name of an item with {@link InvalidArgumentException}. */
    public Target {
        if (!isItemName(application)) {
            throw new InvalidArgumentException("application", application,
                    "the name of an application, as in the name of"
                            + " an item");
        }
        if (profiles.size() > MAX_PROFILES) {
            throw new InvalidArgumentException("profiles", profiles.size() + " profiles",
                    "at most " + MAX_PROFILES + " profiles");
        }
        for (String profile : profiles) {
            if (!PROFILE.matcher(profile).matches() || !isItemName(application + "-" + profile)) {
                throw new InvalidArgumentException("profiles", profile, "names of profiles, parted by commas");
            }
        }
        profiles = List.copyOf(new LinkedHashSet<>(profiles));
    }

    /** Returns the items that the application takes, the later of which win. */
    List<ItemName> items() {
        LinkedHashSet<String> names = new LinkedHashSet<>();
        for (String base : List.of(SHARED, application)) {
            names.add(base);
            profiles.forEach(profile -> names.add(base + "-" + profile));
        }
        List<ItemName> items = new ArrayList<>();
        names.forEach(name -> items.add(new ItemName(name)));
        return items;
    }

    private static boolean isItemName(String name) {
        return name.length() <= 128 && Pattern.matches("[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?", name);
    }
}
