package dev.roster.server.security;

import dev.roster.server.store.ValueReader;
import dev.roster.server.store.ValueWriter;
import java.util.TreeSet;

/**
 * The right to read secrets at the end of records of users and tokens. A record has the lowest version that can say what is to be
 * said, as members wrote it that knew no more: 1 for none, 2 for all namespaces, 3 for some.
 */
final class SecretsRecord {
    static final int VERSION = 3;

    private static final int WITHOUT_SECRETS = 1;
    private static final int WITHOUT_NAMESPACES = 2;

    private SecretsRecord() {}

    /** Returns the version of a record that ends with a right. */
    static int version(SecretsRight right) {
        return right.isNone() ? WITHOUT_SECRETS : right.everywhere() ? WITHOUT_NAMESPACES : VERSION;
    }

    static void write(SecretsRight right, ValueWriter writer) {
        int version = version(right);
        if (version > WITHOUT_SECRETS) {
            writer.flag(right.everywhere());
        }
        if (version > WITHOUT_NAMESPACES) {
            writer.texts(right.namespaces().stream().map(NamespaceName::value).toList());
        }
    }

    static SecretsRight read(ValueReader reader) {
        if (reader.version() == WITHOUT_SECRETS) {
            return SecretsRight.NONE;
        }
        boolean everywhere = reader.flag("secrets");
        TreeSet<NamespaceName> namespaces = new TreeSet<>();
        if (reader.version() > WITHOUT_NAMESPACES) {
            reader.texts("secretNamespaces").forEach(name -> namespaces.add(new NamespaceName(name)));
        }
        return new SecretsRight(everywhere, namespaces);
    }
}
