package dev.roster.server.coordination;

import dev.roster.server.security.NamespaceName;

/** Names a queue. It need not be there before. */
public record QueueKey(NamespaceName namespace, ObjectName name) {
    @Override
    public String toString() {
        return "queue " + namespace + '/' + name;
    }
}
