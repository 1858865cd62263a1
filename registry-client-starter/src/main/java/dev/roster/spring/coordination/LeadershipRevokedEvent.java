package dev.roster.spring.coordination;

/**
 * Published when the application is the leader no longer. Others may lead already, unless it has resigned: who has to stop before
 * somebody else begins compares fencing tokens.
 *
 * @param election name of the election
 * @param fencingToken the one of the leadership that has ended
 * @param resigned whether the application gave it up, because it was told to or stops; otherwise it was lost
 */
public record LeadershipRevokedEvent(String election, long fencingToken, boolean resigned) {}
