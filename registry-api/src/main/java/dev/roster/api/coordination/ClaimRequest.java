package dev.roster.api.coordination;

import org.jspecify.annotations.Nullable;

/**
 * Asks for a lock or an office.
 *
 * @param session id of the session that is to hold it; needed
 * @param queue whether to stand in the queue when others hold it; null means that it is
 * @param value what others are shown, of an elected leader usually its address: at most 4,096 characters; null means none
 */
public record ClaimRequest(@Nullable String session, @Nullable Boolean queue, @Nullable String value) {}
