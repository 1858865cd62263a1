package dev.roster.server.registry;

import dev.roster.server.security.InvalidArgumentException;
import java.time.Instant;

/**
 * Says that a host is being worked on, so that nothing on it is to be called.
 *
 * @param host the host, as the instances on it name it
 * @param reason why, to {@value OperatorOverride#MAX_REASON_CHARACTERS} characters, possibly empty
 * @param by name of the operator
 * @param at since when, by the clock of the member that took the request
 */
public record HostMaintenance(String host, String reason, String by, Instant at) {

    /** Refuses what is out of range with {@link InvalidArgumentException}. */
    public HostMaintenance {
        if (!HostName.isValid(host)) {
            throw new InvalidArgumentException("host", host, "an IP address or DNS name of 1 to 253 characters");
        }
        FreeText.checkText("reason", reason, OperatorOverride.MAX_REASON_CHARACTERS);
    }
}
