/**
 * The list of namespaces over HTTP: {@code /api/v1/namespaces}.
 *
 * <p>Offers nothing to other packages. Must not know what is in a namespace, nor the store.
 */
@NullMarked
package dev.roster.server.api.namespaces;

import org.jspecify.annotations.NullMarked;
