package dev.roster.server.security;

import dev.roster.server.store.Operation;

/** Makes entries of the audit log for those who propose what they do in a way of their own. */
@FunctionalInterface
public interface AuditStamp {

    /** Returns what stores the entry of an act that is done, to be part of the transaction that does it. */
    Operation of(AuditContext.Act act);
}
