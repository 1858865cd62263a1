/**
 * Coordination with Roster: locks with fencing tokens, leadership, semaphores, barriers, counters, queues.
 *
 * <p>Offers {@link dev.roster.spring.coordination.Coordination}, {@link dev.roster.spring.coordination.LeaderOnly} and events of
 * leadership, and a {@code LockRegistry} where the application has Spring Integration. Settings are {@code roster.coordination.*}.
 * All that one application holds is held by one session, which is opened when it is needed. Must not know HTTP nor JSON: that
 * is the client's.
 */
@NullMarked
package dev.roster.spring.coordination;

import org.jspecify.annotations.NullMarked;
