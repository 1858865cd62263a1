package dev.roster.server.config.transfer;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far an import has come.
 *
 * @param name what whoever makes it calls it
 * @param phase what is being done
 * @param done how much of the phase is done: items that are checked, parts that are stored
 * @param total how much there is to do in the phase; 0 if that is not known
 * @param updatedAt when this was so
 * @param problem why it has failed, otherwise null
 */
public record ImportRun(String name, Phase phase, int done, int total, Instant updatedAt, @Nullable String problem) {

    /** What is being done. */
    public enum Phase {
        /** The archive is read, and its documents are checked. */
        READING,
        /** Parts of the transaction are stored; nobody sees them. */
        STORING,
        /** All is done. */
        DONE,
        /** Nothing was changed. */
        FAILED
    }
}
