/**
 * The versioned binary form of commands, batches and results, and the machine that applies batches exactly once.
 *
 * <p>{@link dev.roster.server.store.codec.CommandCodec} turns commands into the bytes of a log entry and back;
 * {@link dev.roster.server.store.codec.BatchMachine} applies such an entry to a
 * {@link dev.roster.server.store.StateMachine} and remembers its outcomes for a retry. Every form begins with its kind, a
 * checksum and a version; what it knows not or finds damaged is refused, never guessed at. Forms that were released once stay
 * readable: golden files guard them.
 *
 * <p>It knows the public types of the store and nothing else: no engine, no clock, no files.
 */
@NullMarked
package dev.roster.server.store.codec;

import org.jspecify.annotations.NullMarked;
