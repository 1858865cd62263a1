package dev.roster.server.store;

import java.io.DataOutput;
import java.io.IOException;

/** The state of a replica at one moment, ready to be written. */
public interface StateImage {

    /** Returns the revision of the image. */
    Revision revision();

    /**
     * Writes the image in a versioned form with checksums, in pieces, without holding all of it in memory.
     *
     * @throws IllegalStateException if it was written before
     */
    void writeTo(DataOutput output) throws IOException;
}
