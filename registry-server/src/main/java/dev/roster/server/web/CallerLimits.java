package dev.roster.server.web;

/**
 * What one caller may have of a member, where a caller is a user at an address.
 *
 * @param maxRequests most requests that are worked on at the same time, those that wait for a change included
 */
public record CallerLimits(int maxRequests) {}
