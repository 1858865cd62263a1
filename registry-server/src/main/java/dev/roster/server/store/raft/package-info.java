/**
 * The {@link dev.roster.server.store.Replicator} on Atomix Raft 3.1.12, with a guard around each of its known defects.
 *
 * <p>Atomix orders and stores log entries and finds leaders; what an entry means, how writes are batched, retried and
 * answered, and what a snapshot holds is ours. One log entry is one {@link dev.roster.server.store.codec.Batch}. Guards and
 * the defects they answer: {@link dev.roster.server.store.raft.DurableRaftContext} (synced commits and votes),
 * {@link dev.roster.server.store.raft.SyncingProtocol} (synced appends on followers),
 * {@link dev.roster.server.store.raft.SnapshotSeal} and {@link dev.roster.server.store.raft.SnapshotInspection} (sealed
 * snapshots), {@link dev.roster.server.store.raft.Proposer} (bounded batches, deadlines, exactly-once over retries).
 *
 * <p>It is the only package that may see Atomix. It must not know what the keys mean, nor Spring, nor HTTP.
 */
@NullMarked
package dev.roster.server.store.raft;

import org.jspecify.annotations.NullMarked;
