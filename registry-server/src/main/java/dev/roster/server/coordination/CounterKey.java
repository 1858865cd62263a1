package dev.roster.server.coordination;

import dev.roster.server.security.NamespaceName;

/** Names a counter. It need not be there before. */
public record CounterKey(NamespaceName namespace, ObjectName name) {
    @Override
    public String toString() {
        return "counter " + namespace + '/' + name;
    }
}
