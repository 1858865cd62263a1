package dev.roster.server.config;

import dev.roster.server.security.NamespaceName;
import dev.roster.server.store.Key;
import dev.roster.server.store.KeyRange;
import java.util.HexFormat;

/** The keys of configuration, see the package's description. */
final class ConfigKeys {
    private static final String HEAD = "config/head/";
    private static final String DELETED = "config/deleted/";
    private static final String VERSION = "config/version/";
    private static final String STAGED = "config/staged/";
    private static final String RULES = "config/rules/";
    private static final String HISTORY = "config/history/";
    private static final String DETAILS = "config/details/";
    private static final int NUMBER_DIGITS = 16;

    private ConfigKeys() {}

    static Key head(ItemKey item) {
        return Key.of(HEAD + item);
    }

    static Key deleted(ItemKey item) {
        return Key.of(DELETED + item);
    }

    static Key staged(ItemKey item) {
        return Key.of(STAGED + item);
    }

    static Key rules(NamespaceName namespace) {
        return Key.of(RULES + namespace);
    }

    static Key historyPolicy(NamespaceName namespace) {
        return Key.of(HISTORY + namespace);
    }

    static Key details(ItemKey item) {
        return Key.of(DETAILS + item);
    }

    static Key version(ItemKey item, long version) {
        return Key.of(VERSION + item + '/' + HexFormat.of().toHexDigits(version));
    }

    /** Returns the range of the current versions of all items. */
    static KeyRange heads() {
        return KeyRange.prefix(HEAD);
    }

    /** Returns the range of the current versions of all items of a namespace. */
    static KeyRange heads(NamespaceName namespace, String prefix) {
        return KeyRange.prefix(HEAD + namespace + '/' + prefix);
    }

    /** Returns the range of all versions of all items. */
    static KeyRange versions() {
        return KeyRange.prefix(VERSION);
    }

    /** Returns the range of all versions of all items of a namespace. */
    static KeyRange versions(NamespaceName namespace) {
        return KeyRange.prefix(VERSION + namespace + '/');
    }

    /** Returns the range of all versions of an item. */
    static KeyRange versions(ItemKey item) {
        return KeyRange.prefix(VERSION + item + '/');
    }

    /** Returns the range of the versions of an item between two numbers, both included. */
    static KeyRange versions(ItemKey item, long first, long last) {
        return new KeyRange(version(item, first), KeyRange.of(version(item, last)).to());
    }

    /** Reads the key of a current version. */
    static ItemKey readHead(Key key) {
        return read(key.utf8().substring(HEAD.length()));
    }

    /** Reads the key of a version; the number is in the value. */
    static ItemKey readVersion(Key key) {
        String text = key.utf8();
        return read(text.substring(VERSION.length(), text.length() - NUMBER_DIGITS - 1));
    }

    /** Reads namespace and name, with a slash between. */
    static ItemKey read(String path) {
        int slash = path.indexOf('/');
        return new ItemKey(new NamespaceName(path.substring(0, slash)), new ItemName(path.substring(slash + 1)));
    }
}
