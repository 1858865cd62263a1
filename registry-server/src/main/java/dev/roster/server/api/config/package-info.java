/**
 * Configuration over HTTP: {@code /api/v1/namespaces/{namespace}/configs}.
 *
 * <p>Offers nothing to other packages. Turns conditional requests (RFC 9110 section 13) into expectations of versions; an
 * item's version is its entity tag. What is valid and what may happen is decided by configuration itself. Must not know
 * the registry or the store.
 */
@NullMarked
package dev.roster.server.api.config;

import org.jspecify.annotations.NullMarked;
