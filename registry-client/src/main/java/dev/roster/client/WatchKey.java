package dev.roster.client;

import dev.roster.api.watch.WatchRequest;
import java.util.regex.Pattern;

/**
 * Names what is followed. Names are checked here, since the server would refuse the stream for all because of one.
 *
 * @param kind what it is
 * @param namespace its namespace
 * @param name its name
 */
record WatchKey(Kind kind, String namespace, String name) {
    private static final Pattern NAMESPACE = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._-]{0,126}[A-Za-z0-9])?");

    enum Kind {
        SERVICE, CONFIG
    }

    WatchKey {
        if (!NAMESPACE.matcher(namespace).matches()) {
            throw new IllegalArgumentException("namespace: expected " + NAMESPACE + ", got '" + namespace + "'");
        }
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("name: expected " + NAME + ", got '" + name + "'");
        }
    }

    WatchRequest.Target target() {
        return new WatchRequest.Target(namespace, name);
    }
}
