package dev.roster.console.gateway;

import org.jspecify.annotations.Nullable;

/** Why Roster did not do what it was asked for. */
public abstract sealed class GatewayException extends RuntimeException permits RefusedException, ServerAwayException {
    private static final long serialVersionUID = 1;

    GatewayException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
