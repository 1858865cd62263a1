package dev.roster.server.coordination;

import dev.roster.server.security.NamespaceName;

/** Names a barrier. It need not be there before. */
public record BarrierKey(NamespaceName namespace, ObjectName name) {
    @Override
    public String toString() {
        return "barrier " + namespace + '/' + name;
    }
}
