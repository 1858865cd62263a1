package dev.roster.server.store;

/** Result of an {@link Operation}. */
public sealed interface OperationResult permits KeyPut, KeysDeleted, KeysRead, KeysFound, TxnResult {}
