package dev.roster.api.config;

import org.jspecify.annotations.Nullable;

/**
 * Something in a document that an application could not make use of.
 *
 * @param property name of the property, to 500 characters, null if it is not about one
 * @param message what is wrong, 1 to 500 characters
 */
public record BindingError(@Nullable String property, String message) {}
