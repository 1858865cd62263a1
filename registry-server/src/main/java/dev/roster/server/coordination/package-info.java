/**
 * Coordination: locks, elections, semaphores, barriers, queues and counters for programs that must agree.
 *
 * <p>Offers {@link dev.roster.server.coordination.Sessions}, {@link dev.roster.server.coordination.Claims}, by which locks, elections
 * and semaphores are held, and {@link dev.roster.server.coordination.Semaphores},
 * {@link dev.roster.server.coordination.Barriers}, {@link dev.roster.server.coordination.Counters} and
 * {@link dev.roster.server.coordination.Queues}. Knows no HTTP and no clock but for the times
 * that it writes into records: whether a session is alive is the business of the store's leases.
 *
 * <p>A session is a lease with a key. Everything that is held by it is a key attached to that lease, so all of it goes at one
 * revision when the lease ends. A claim is such a key: the claims of one name form a queue by the revision that created them, of
 * which those at the head that fit into the limit hold. That revision is the fencing token: it is greater than that of every claim
 * before it, and nobody chooses it.
 *
 * <p>Keys, below {@code coord/}:
 * <ul>
 * <li>{@code sessions/<namespace>/<id>} a session, attached to the lease whose number is its id;
 * <li>{@code locks/<namespace>/<name>!<claim>}, likewise {@code elections/} and {@code semaphores/}: a claim, attached to the lease
 * of its session;
 * <li>{@code semaphores/<namespace>/<name>!} how many permits there are;
 * <li>{@code counters/<namespace>/<name>} a counter;
 * <li>{@code queues/<namespace>/<name>!} the capacity of a queue and the number of its last item, followed by 19 digits an item;
 * <li>{@code takings/<namespace>/<name>!<item>} attached to the lease of the session that has taken the item;
 * <li>{@code barriers/<namespace>/<name>} for how many parties a barrier is, how many have arrived, whether it is open;
 * <li>{@code arrivals/<namespace>/<name>!<arrival>} attached to the lease of the session that stands at the barrier.
 * </ul>
 *
 * <p>Limits: names as {@link dev.roster.server.coordination.ObjectName} and {@link dev.roster.server.coordination.ClaimId} say,
 * {@link dev.roster.server.coordination.Claims#MAX_CLAIMS} claims of a name, {@link dev.roster.server.coordination.Sessions#MAX_SESSIONS}
 * sessions of a namespace, {@link dev.roster.server.coordination.WaitingRoom#MAX_WAITING} requests that wait at a member.
 */
@NullMarked
package dev.roster.server.coordination;

import org.jspecify.annotations.NullMarked;
