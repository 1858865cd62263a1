package dev.roster.api.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What has become of an item in an application.
 *
 * @param name name of the item
 * @param fetchedVersion the version that it has fetched last, 0 or null if the item does not exist for it
 * @param appliedVersion the version that it runs with, 0 or null for none
 * @param errors why the fetched version was not applied, or not by all of the application; at most 20
 */
public record ItemDeliveryRequest(@Nullable String name, @Nullable Long fetchedVersion, @Nullable Long appliedVersion,
        @Nullable List<BindingError> errors) {}
