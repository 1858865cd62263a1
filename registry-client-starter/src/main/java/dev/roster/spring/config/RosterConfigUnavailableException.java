package dev.roster.spring.config;

import org.jspecify.annotations.Nullable;

/** Configuration is required, Roster does not tell it, and there is no last good copy. */
final class RosterConfigUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String item;

    RosterConfigUnavailableException(ItemName item, @Nullable Throwable cause) {
        super(item + " is not known" + (cause == null ? "" : ": " + cause.getMessage()), cause);
        this.item = item.name();
    }

    String item() {
        return item;
    }
}
