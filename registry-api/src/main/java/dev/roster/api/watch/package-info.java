/**
 * The stream by which a process follows everything it needs.
 *
 * {@code POST /api/v1/watch} answers with server-sent events: first, unless the caller resumes, one {@code snapshot}
 * ({@link dev.roster.api.watch.WatchSnapshot}); then a {@code change} ({@link dev.roster.api.watch.WatchChange}) for each
 * revision that touched what is watched, in order, without gaps; and {@code progress}
 * ({@link dev.roster.api.watch.WatchProgress}) at least every 10 s. The id of each event is its revision.
 */
@NullMarked
package dev.roster.api.watch;

import org.jspecify.annotations.NullMarked;
