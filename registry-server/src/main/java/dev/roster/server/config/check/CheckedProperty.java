package dev.roster.server.config.check;

import org.jspecify.annotations.Nullable;

/**
 * What an application says of one of its properties (Spring Boot reference, "Configuration Metadata", "Property Attributes").
 *
 * @param name in the canonical form, such as {@code spring.datasource.url}
 * @param type full name of its Java type, null if not said
 * @param deprecated whether it should not be used any more
 * @param removed whether it is not read any more (deprecation level {@code error})
 * @param replacement the property to use instead, null if not said
 */
record CheckedProperty(String name, @Nullable String type, boolean deprecated, boolean removed,
        @Nullable String replacement) {}
