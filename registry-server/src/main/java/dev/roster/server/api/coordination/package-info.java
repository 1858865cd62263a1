/**
 * Coordination over HTTP: sessions, and the locks, elections and semaphores that are claimed by them.
 *
 * <p>Offers nothing to other packages. Knows the feature's public face and the plumbing of {@code web}; no keys, no leases.
 */
@NullMarked
package dev.roster.server.api.coordination;

import org.jspecify.annotations.NullMarked;
