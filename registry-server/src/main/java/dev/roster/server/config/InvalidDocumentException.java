package dev.roster.server.config;

import dev.roster.server.config.format.DocumentFlaw;
import dev.roster.server.config.format.DocumentFormat;

/** A document is not what its format says. */
public final class InvalidDocumentException extends ConfigException {
    private static final long serialVersionUID = 1L;

    private final DocumentFormat format;
    private final transient DocumentFlaw flaw;
    private final String line;

    InvalidDocumentException(DocumentFormat format, DocumentFlaw flaw, String line) {
        super("line " + flaw.line() + ", column " + flaw.column() + ": " + flaw.problem());
        this.format = format;
        this.flaw = flaw;
        this.line = line;
    }

    /** Returns the format that the document was said to have. */
    public DocumentFormat format() {
        return format;
    }

    /** Returns the first thing that is wrong. */
    public DocumentFlaw flaw() {
        return flaw;
    }

    /** Returns the text of the line that the flaw is in. */
    public String line() {
        return line;
    }
}
