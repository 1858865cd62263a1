/**
 * The service registry: who is running, under which name, where, and for how long without a sign of life.
 *
 * <p>Offers {@link dev.roster.server.registry.ServiceCatalog} to edges, and {@link dev.roster.server.registry.RegistryView}
 * and {@link dev.roster.server.registry.RegistryChanges} to those that read several features at one revision. Knows no
 * HTTP, no configuration and no clock but for the time that it writes into a record: whether an instance is alive is the
 * business of the store's leases.
 *
 * <p>Keys: {@code registry/<namespace>/<service>!<id>}, one for each instance, attached to a lease of its own. The byte
 * before the id is an exclamation mark because it sorts before every character of a name: so the order of keys is the
 * order of service names ({@code orders} before {@code orders-archive}) and a page of services needs no sorting. The value
 * is a record of {@link dev.roster.server.store.ValueWriter}, version 1: host, port, secure, ttl, zone, metadata, time of
 * registration.
 *
 * <p>Limits: names as {@link dev.roster.server.registry.ServiceName} and {@link dev.roster.server.registry.InstanceId}
 * say, records as {@link dev.roster.server.registry.Registration} says,
 * {@link dev.roster.server.registry.ServiceCatalog#MAX_INSTANCES} instances of a service.
 */
@NullMarked
package dev.roster.server.registry;

import org.jspecify.annotations.NullMarked;
