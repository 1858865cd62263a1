package dev.roster.server.store;

import org.jspecify.annotations.Nullable;

/**
 * A change of one key.
 *
 * @param key the key
 * @param current the key after the change, null if it was deleted
 * @param previous the key before the change, null if it did not exist
 */
public record KeyEvent(Key key, @Nullable KeyValue current, @Nullable KeyValue previous) {}
