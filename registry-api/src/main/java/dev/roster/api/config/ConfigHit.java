package dev.roster.api.config;

import org.jspecify.annotations.Nullable;

/**
 * Something that a search has found in the current version of an item.
 *
 * @param namespace namespace of the item
 * @param name name of the item
 * @param version its current version
 * @param line the line, from 1
 * @param text the line, cut to 200 characters
 * @param path path of the property, null unless a path was searched for
 * @param value its value, cut to 200 characters, null unless a path was searched for
 */
public record ConfigHit(String namespace, String name, long version, int line, String text, @Nullable String path,
        @Nullable String value) {}
