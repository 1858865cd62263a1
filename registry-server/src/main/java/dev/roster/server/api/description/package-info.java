/**
 * The description of the API over HTTP: {@code /api/v1/openapi}.
 *
 * <p>Offers nothing to other packages. The document is written by hand and committed; a test compares it with the handlers
 * and records of the whole API, so this package needs to know none of them.
 */
@NullMarked
package dev.roster.server.api.description;

import org.jspecify.annotations.NullMarked;
