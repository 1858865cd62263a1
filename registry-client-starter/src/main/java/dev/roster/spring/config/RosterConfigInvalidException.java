package dev.roster.spring.config;

import dev.roster.api.config.ConfigItem;
import org.jspecify.annotations.Nullable;

/** A configuration item cannot be turned into properties. */
final class RosterConfigInvalidException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Says that the application may not read the secrets of an item. */
    RosterConfigInvalidException(ConfigItem item) {
        super("configuration '" + item.name() + "' of namespace '" + item.namespace() + "', version " + item.version()
                + ", has secrets that this application may not read: give it a token that was made with \"secrets\": true");
    }

    RosterConfigInvalidException(ConfigItem item, @Nullable Throwable cause) {
        super("configuration '" + item.name() + "' of namespace '" + item.namespace() + "', version " + item.version()
                + ", is not valid " + item.format() + (cause == null ? "" : ": " + cause.getMessage()), cause);
    }
}
