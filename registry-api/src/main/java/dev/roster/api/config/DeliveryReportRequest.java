package dev.roster.api.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an application says of all items of a namespace that it follows.
 *
 * @param application its name, to 128 characters, null if not said
 * @param healthy whether the application is well, null if it cannot tell, which counts as well
 * @param items 1 to 100, each once
 */
public record DeliveryReportRequest(@Nullable String application, @Nullable Boolean healthy,
        @Nullable List<ItemDeliveryRequest> items) {}
