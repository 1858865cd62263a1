package dev.roster.api.config;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far the re-encryption by a new data key is.
 *
 * @param key id of the key that is to encrypt everything
 * @param startedAt when it began
 * @param checked documents that were looked at, history and drafts included
 * @param reencrypted those that had to be encrypted anew
 * @param unreadable those whose secrets do not decrypt, and were left as they are
 * @param finishedAt when it ended, null while it goes on
 */
public record SecretRotation(String key, Instant startedAt, long checked, long reencrypted, long unreadable,
        @Nullable Instant finishedAt) {}
