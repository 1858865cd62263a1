package dev.roster.api.watch;

import org.jspecify.annotations.Nullable;

/**
 * Says that the reader of a stream has taken in everything up to a revision, and acts by it.
 *
 * @param revision the revision of an event of the stream; needed
 */
public record AcknowledgementRequest(@Nullable Long revision) {}
