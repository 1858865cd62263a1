package dev.roster.server.config.check;

import java.util.Locale;
import java.util.regex.Pattern;

/** Names of properties as Spring Boot compares them (reference, "Relaxed Binding"). */
final class PropertyName {
    private static final Pattern INDEX = Pattern.compile("\\[[0-9]+]");

    private PropertyName() {}

    /** Returns what is equal for all ways to write a name: without case, hyphens, underscores and indexes of lists. */
    static String uniform(String name) {
        return INDEX.matcher(name).replaceAll("").replace("-", "").replace("_", "").toLowerCase(Locale.ROOT);
    }

    /** Returns the first part of a name. */
    static String root(String name) {
        int dot = name.indexOf('.');
        return dot < 0 ? name : name.substring(0, dot);
    }
}
