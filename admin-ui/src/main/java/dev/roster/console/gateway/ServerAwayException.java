package dev.roster.console.gateway;

import org.jspecify.annotations.Nullable;

/** No server answered, or not in time. */
public final class ServerAwayException extends GatewayException {
    private static final long serialVersionUID = 1;

    private final boolean outcomeUnknown;

    /** @param outcomeUnknown whether the request was a change that may have been carried out nevertheless */
    public ServerAwayException(String message, boolean outcomeUnknown, @Nullable Throwable cause) {
        super(message, cause);
        this.outcomeUnknown = outcomeUnknown;
    }

    /** Whether the request was a change that may have been carried out nevertheless. */
    public boolean outcomeUnknown() {
        return outcomeUnknown;
    }
}
