/**
 * The replicated core: an ordered key space with revisions, transactions, leases and watches, after the model of etcd v3.
 *
 * It knows no service, no configuration, no HTTP, no Spring and no Atomix; it reads no clock, draws no random number, starts
 * no thread and does no I/O. State changes only while a {@link dev.roster.server.store.Command} is applied, in the order of
 * the log, with the time that came with the log entry, so that every replica holds the same bytes.
 *
 * Features use {@link dev.roster.server.store.Store}. Engines implement {@link dev.roster.server.store.Replicator} and drive
 * a {@link dev.roster.server.store.StateMachine}.
 */
@NullMarked
package dev.roster.server.store;

import org.jspecify.annotations.NullMarked;
