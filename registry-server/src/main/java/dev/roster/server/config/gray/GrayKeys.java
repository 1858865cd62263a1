package dev.roster.server.config.gray;

import dev.roster.server.config.ItemKey;
import dev.roster.server.store.Key;
import dev.roster.server.store.KeyRange;
import java.util.HexFormat;

/** The keys of gray releases that have ended, see the package's description. */
final class GrayKeys {
    private static final String ENDED = "config/gray-ended/";

    private GrayKeys() {}

    static Key ended(ItemKey item, long version) {
        return Key.of(ENDED + item + '/' + HexFormat.of().toHexDigits(version));
    }

    static KeyRange allEnded(ItemKey item) {
        return KeyRange.prefix(ENDED + item + '/');
    }
}
