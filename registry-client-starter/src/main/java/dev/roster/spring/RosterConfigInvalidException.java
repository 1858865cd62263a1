package dev.roster.spring;

import dev.roster.api.config.ConfigItem;
import org.jspecify.annotations.Nullable;

/** A configuration item cannot be turned into properties. */
final class RosterConfigInvalidException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RosterConfigInvalidException(ConfigItem item, @Nullable Throwable cause) {
        super("configuration '" + item.name() + "' of namespace '" + item.namespace() + "', version " + item.version()
                + ", is not valid " + item.format() + (cause == null ? "" : ": " + cause.getMessage()), cause);
    }
}
