package dev.roster.api.registry;

import org.jspecify.annotations.Nullable;

/**
 * A member asks the instance by HTTP/1.1: 200 to 299 passes, 429 is a warning, all others are critical.
 *
 * @param path what to ask for, with its query: begins with a slash, to 512 characters; null means {@code /}
 * @param port which port, 1 to 65535; null for the main one
 * @param tls how the member makes sure whom it speaks to; null without TLS
 */
public record HttpProbe(@Nullable String path, @Nullable Integer port, @Nullable ProbeTls tls) {

    /** Asks without TLS. */
    public HttpProbe(@Nullable String path, @Nullable Integer port) {
        this(path, port, null);
    }
}
