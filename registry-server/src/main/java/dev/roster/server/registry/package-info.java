/**
 * The service registry: who is running, under which name, where, and for how long without a sign of life.
 *
 * <p>Offers {@link dev.roster.server.registry.ServiceCatalog}, {@link dev.roster.server.registry.ServiceDefinitions},
 * {@link dev.roster.server.registry.InstanceHealth}, {@link dev.roster.server.registry.InstanceStates}, {@link dev.roster.server.registry.OperatorActions} and
 * {@link dev.roster.server.registry.HostMaintenances} to edges, and {@link dev.roster.server.registry.RegistryView} and {@link dev.roster.server.registry.RegistryChanges} to those
 * that read several features at one revision. Knows no HTTP, no configuration and no clock but for the times that it writes
 * into records: whether an instance is alive is the business of the store's leases.
 *
 * <p>Keys, below {@code registry/<namespace>/}:
 * <ul>
 * <li>{@code <service>!} the definition of a service, if it has one;
 * <li>{@code <service>!<id>} an instance, attached to a lease of its own unless it is persistent.
 * </ul>
 * and beside it {@code registry-hosts/<namespace>/<host>} as long as a host is in maintenance, and
 * {@code registry-reports/<namespace>/<service>!<id>!<check>}, empty and attached to a lease, as long as a report on a check
 * holds.
 *
 * <p>The byte before the id is an exclamation mark because it sorts before every character of a name: so the order of keys is
 * the order of service names ({@code orders} before {@code orders-archive}) and a page of services needs no sorting. The
 * values are records of {@link dev.roster.server.store.ValueWriter}, described where they are written.
 *
 * <p>Limits: names as {@link dev.roster.server.registry.ServiceName} and {@link dev.roster.server.registry.InstanceId}
 * say, records as {@link dev.roster.server.registry.Endpoint}, {@link dev.roster.server.registry.Traits} and
 * {@link dev.roster.server.registry.ServiceDefinition} say, {@link dev.roster.server.registry.ServiceCatalog#MAX_INSTANCES}
 * instances of a service.
 */
@NullMarked
package dev.roster.server.registry;

import org.jspecify.annotations.NullMarked;
