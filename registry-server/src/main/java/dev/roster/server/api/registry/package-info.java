/**
 * Services and instances over HTTP: {@code /api/v1/namespaces/{namespace}/services}.
 *
 * <p>Offers nothing to other packages. Reads requests, calls the registry, writes answers; what is valid and what may happen
 * is decided there. Must not know configuration or the store.
 */
@NullMarked
package dev.roster.server.api.registry;

import org.jspecify.annotations.NullMarked;
