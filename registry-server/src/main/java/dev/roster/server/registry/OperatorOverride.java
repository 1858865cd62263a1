package dev.roster.server.registry;

import dev.roster.server.security.InvalidArgumentException;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an operator says of an instance, which counts instead of what the instance and its checks say. It stays when the
 * instance registers again, and goes with it when it is gone.
 *
 * @param status the status that counts, null to leave it to the instance
 * @param weight the weight that counts, null to leave it to the instance
 * @param metadata entries that count beside those of the instance, and instead of those of the same name
 * @param reason why, to {@value #MAX_REASON_CHARACTERS} characters, possibly empty
 * @param by name of the operator
 * @param at when, by the clock of the member that took the request
 */
public record OperatorOverride(@Nullable InstanceStatus status, @Nullable Double weight, Map<String, String> metadata,
        String reason, String by, Instant at) {

    /** Longest reason: a sentence and the number of a ticket. */
    public static final int MAX_REASON_CHARACTERS = 200;

    /** Refuses what is out of range, and what says nothing, with {@link InvalidArgumentException}. */
    public OperatorOverride {
        if (status == null && weight == null && metadata.isEmpty()) {
            throw new InvalidArgumentException("status", null, "at least one of status, weight and metadata");
        }
        if (weight != null) {
            Traits.checkWeight(weight);
        }
        FreeText.checkMetadata(metadata);
        metadata = Map.copyOf(metadata);
        FreeText.checkText("reason", reason, MAX_REASON_CHARACTERS);
    }
}
