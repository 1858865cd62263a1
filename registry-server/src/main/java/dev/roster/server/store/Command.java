package dev.roster.server.store;

/**
 * A change that is proposed to the log: a value, finished before it is proposed. Everything ambiguous, such as an id, a
 * default or a relative revision, is resolved by then.
 */
public sealed interface Command permits Txn, GrantLease, RevokeLeases, ExpireLeases, Compact, Restore, CommitParts {}
