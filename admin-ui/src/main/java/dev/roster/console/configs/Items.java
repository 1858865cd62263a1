package dev.roster.console.configs;

import dev.roster.api.config.ConfigItem;
import dev.roster.console.gateway.RefusedException;
import dev.roster.console.gateway.Roster;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** Questions about items whose answer may be that there is none. */
final class Items {
    private static final Set<String> STALE = Set.of("version-mismatch", "precondition-required", "config-not-found",
            "conflict");

    private Items() {}

    /** The current version, null if there is none. */
    static @Nullable ConfigItem find(Roster roster, String ns, String item) {
        try {
            return roster.getConfig(ns, item);
        } catch (RefusedException e) {
            if (e.is("config-not-found")) {
                return null;
            }
            throw e;
        }
    }

    /** The current version to be changed, null if there is none. */
    static @Nullable ConfigItem findForEditing(Roster roster, String ns, String item) {
        try {
            return roster.getConfigForEditing(ns, item);
        } catch (RefusedException e) {
            if (e.is("config-not-found")) {
                return null;
            }
            throw e;
        }
    }

    /** The content of a version to be changed, empty for a version that has none, such as a deletion. */
    static String contentOf(Roster roster, String ns, String item, long version) {
        try {
            return roster.getConfigVersionForEditing(ns, item, version).content();
        } catch (RefusedException e) {
            if (e.status() == HttpStatus.NOT_FOUND.value()) {
                return "";
            }
            throw e;
        }
    }

    /** Whether a change was refused because the item is no longer as it was when the user looked. */
    static boolean isStale(RefusedException e) {
        return STALE.contains(e.problem().code());
    }
}
