/**
 * The {@link dev.roster.server.store.Replicator} on Atomix Raft 3.1.12, with a guard around each of its known defects.
 *
 * <p>Atomix orders and stores log entries and finds leaders; what an entry means, how writes are batched, retried and
 * answered, and when a snapshot is taken and what it holds is ours. One log entry is one
 * {@link dev.roster.server.store.codec.Batch}. Guards and the defects they answer:
 * {@link dev.roster.server.store.raft.DurableRaftContext} (synced commits and votes),
 * {@link dev.roster.server.store.raft.GuardedProtocol} (synced appends, which entries and candidates are accepted),
 * {@link dev.roster.server.store.raft.GuardedLogWriter} (cut and failed writes),
 * {@link dev.roster.server.store.raft.LogInspection} (damaged logs), {@link dev.roster.server.store.raft.SnapshotTaker} and
 * {@link dev.roster.server.store.raft.SnapshotSeal} (snapshots), {@link dev.roster.server.store.raft.Abstention} (lost
 * disks), {@link dev.roster.server.store.raft.Proposer} (bounded batches, deadlines, exactly-once over retries).
 *
 * <p>It is the only package that may see Atomix. It must not know what the keys mean, nor Spring, nor HTTP.
 */
@NullMarked
package dev.roster.server.store.raft;

import org.jspecify.annotations.NullMarked;
