package dev.roster.server.store;

/** What a command brought about, told to the proposer once it is durable on a majority and applied here. */
public sealed interface CommandResult permits TxnResult, LeaseGranted, LeasesRevoked, Compacted, Restored {

    /** Returns the revision of the store after the command. */
    Revision revision();
}
