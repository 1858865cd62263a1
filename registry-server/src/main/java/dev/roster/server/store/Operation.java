package dev.roster.server.store;

/** A step of a {@link Txn}. */
public sealed interface Operation permits PutKey, UpdateKey, DeleteKeys, ReadKeys, QueryKeys, Txn {}
