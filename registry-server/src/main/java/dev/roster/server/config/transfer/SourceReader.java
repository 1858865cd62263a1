package dev.roster.server.config.transfer;

import java.util.List;

/** Knows how one product lays out what it exports. */
@FunctionalInterface
interface SourceReader {

    /**
     * Reads the files of an archive. Every one of them is found: as an item, as malformed or as ignored.
     *
     * @throws UnusableArchiveException if the archive as a whole is not what it is taken for
     */
    void read(List<ArchiveEntry> entries, ImportOptions options, Findings findings);
}
