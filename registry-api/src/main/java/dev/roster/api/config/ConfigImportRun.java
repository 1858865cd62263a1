package dev.roster.api.config;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far an import has come.
 *
 * @param id what whoever makes it calls it
 * @param phase what is being done
 * @param done how much of the phase is done
 * @param total how much there is to do in the phase; 0 if that is not known
 * @param updatedAt when this was so
 * @param problem why it has failed, null if it has not
 */
public record ConfigImportRun(String id, Phase phase, int done, int total, Instant updatedAt,
        @Nullable String problem) {

    /** What is being done; on the wire in lower case. */
    public enum Phase {
        READING, STORING, DONE, FAILED
    }
}
