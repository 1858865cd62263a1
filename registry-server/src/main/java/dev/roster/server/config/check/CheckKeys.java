package dev.roster.server.config.check;

import dev.roster.server.security.NamespaceName;
import dev.roster.server.store.Key;

/** The keys of what documents are checked against, see the package's description. */
final class CheckKeys {
    private static final String METADATA = "config/metadata/";
    private static final String SCHEMA = "config/schema/";

    private CheckKeys() {}

    static Key metadata(NamespaceName namespace, String application) {
        return Key.of(METADATA + namespace + '/' + application);
    }

    static Key schema(NamespaceName namespace, String item) {
        return Key.of(SCHEMA + namespace + '/' + item);
    }
}
