/**
 * The stream of changes over HTTP: {@code POST /api/v1/watch}, answered by server-sent events.
 *
 * <p>Offers {@link dev.roster.server.api.watch.WatchLimits} to the composition root. A stream that has nothing to say holds
 * no thread, and one whose reader does not keep up is cut off within a bound, so that it harms nobody else; what it has
 * missed it gets by resuming. Must not know the store, nor how a service or an item is kept.
 */
@NullMarked
package dev.roster.server.api.watch;

import org.jspecify.annotations.NullMarked;
