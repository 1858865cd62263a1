package dev.roster.server.config.transfer;

import dev.roster.server.config.ChangePlan;
import dev.roster.server.config.Publication;

/** What an import may be at most. */
public final class ImportLimits {

    /** Largest archive, in bytes: far more than the documents that may come of it take when they are packed. */
    public static final int MAX_ARCHIVE_BYTES = 32 * 1024 * 1024;

    /** Most entries of an archive, folders and what is passed over included. */
    public static final int MAX_ENTRIES = 20_000;

    /** Largest entry that is read as a document. */
    public static final int MAX_DOCUMENT_BYTES = Publication.MAX_CONTENT_BYTES;

    /** Largest entry that describes others: {@link #MAX_ITEMS} of them with a few words each. */
    static final int MAX_DESCRIPTION_BYTES = 4 * 1024 * 1024;

    /** Most bytes of all entries together when they are unpacked: two members' worth of imports fit a small heap. */
    static final int MAX_UNPACKED_BYTES = 64 * 1024 * 1024;

    /** Longest path of an entry, in bytes. */
    static final int MAX_PATH_BYTES = 1024;

    /** Most items that are changed together. */
    public static final int MAX_ITEMS = ChangePlan.Size.PARTS.maxChanges();

    private ImportLimits() {}
}
