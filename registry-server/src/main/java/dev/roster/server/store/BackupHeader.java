package dev.roster.server.store;

import java.time.Instant;

/**
 * What a backup says of itself.
 *
 * @param origin whose state it is, for people: the members of the cluster
 * @param revision the revision that it shows
 * @param time when it was made, by the clock of the member that made it
 */
public record BackupHeader(String origin, Revision revision, Instant time) {}
