package dev.roster.server.registry;

import org.jspecify.annotations.Nullable;

/**
 * Which instances of a service are wanted.
 *
 * @param healthy whether only those that may be called are; while the service is protected, that is all that are meant to
 *     serve
 * @param filter what else must hold
 * @param selector name of a filter of the service's definition that must hold, too; null for none
 * @param order in which order
 */
public record Selection(boolean healthy, InstanceFilter filter, @Nullable String selector, InstanceOrder order) {

    /** All instances, ordered by id. */
    public static final Selection ALL = new Selection(false, InstanceFilter.EVERY, null, InstanceOrder.BY_ID);
}
