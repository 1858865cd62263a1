package dev.roster.server.boot;

import dev.roster.server.store.raft.FatalHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stops the process at once, without shutdown hooks: whatever they would still write or answer could be wrong. Exit status
 * {@value #EXIT_STATUS}, so that a supervisor can tell it from other ends.
 */
final class HaltOnFatal implements FatalHandler {
    static final int EXIT_STATUS = 70;

    private static final Logger log = LoggerFactory.getLogger("roster.fatal");

    @Override
    public void fatal(String message, Throwable cause) {
        log.error("This member stops: {}", message, cause);
        Runtime.getRuntime().halt(EXIT_STATUS);
    }
}
