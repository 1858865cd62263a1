/**
 * Judges the checks of instances: each instance is the business of one member, which calls it where a check says so, records
 * changes of status and removes what was critical for too long.
 *
 * <p>Offers {@link dev.roster.server.registry.check.CheckKeeper} and
 * {@link dev.roster.server.registry.check.AddressPolicy} to the composition root. Members that judge announce
 * themselves by a key {@code registry-runners/<member>} with a lease; so all agree, at the same revision, who is there, and
 * each computes by itself which instances are its own (rendezvous hashing: when a member comes or goes only its share moves).
 * What two members do while they see different revisions does no harm: every change is made only if what it is based on is
 * still so.
 */
@NullMarked
package dev.roster.server.registry.check;

import org.jspecify.annotations.NullMarked;
