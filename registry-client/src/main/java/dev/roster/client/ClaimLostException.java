package dev.roster.client;

import java.util.ConcurrentModificationException;

/**
 * What was held is held no longer: its session was lost, or somebody took it away. Others may have held it since, so what was done
 * under it may have met with what they did. It is the exception that lock registries of Spring Integration tell this by.
 */
public final class ClaimLostException extends ConcurrentModificationException {
    private static final long serialVersionUID = 1L;

    /** Makes the exception. */
    public ClaimLostException(String message) {
        super(message);
    }
}
