package dev.roster.spring.coordination;

/**
 * Published when the application has become the leader, on the thread of the election, which waits for the listeners.
 *
 * @param election name of the election
 * @param fencingToken greater than those of all leaders before
 */
public record LeadershipGrantedEvent(String election, long fencingToken) {}
