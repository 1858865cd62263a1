package dev.roster.server.coordination;

import dev.roster.server.security.NamespaceName;

/** Something that can be claimed: a lock, an election or a semaphore. It need not be there before. */
public record ClaimTarget(ClaimKind kind, NamespaceName namespace, ObjectName name) {
    @Override
    public String toString() {
        return kind.label() + ' ' + namespace + '/' + name;
    }
}
