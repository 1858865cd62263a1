package dev.roster.server.config.delivery;

import dev.roster.server.config.ItemKey;
import dev.roster.server.store.Key;
import dev.roster.server.store.KeyRange;

/** The keys of summaries, see the package's description. */
final class DeliveryKeys {
    private static final String SUMMARY = "config/delivery/";

    private DeliveryKeys() {}

    static Key summary(ItemKey item, String member) {
        return Key.of(SUMMARY + item + '/' + member);
    }

    /** Returns the range of what all members say of an item. */
    static KeyRange summaries(ItemKey item) {
        return KeyRange.prefix(SUMMARY + item + '/');
    }
}
