package dev.roster.server.config.transfer;

/** There is no import of that name, or not any more. */
public final class ImportNotFoundException extends ImportException {
    private static final long serialVersionUID = 1L;

    private final String name;

    ImportNotFoundException(String name) {
        super("no import " + name);
        this.name = name;
    }

    /** Returns the name. */
    public String name() {
        return name;
    }
}
