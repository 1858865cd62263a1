package dev.roster.system.fault;

/**
 * A write as a watch tells it.
 *
 * @param revision at which it took place
 */
record Event(long revision, String key, String value) {}
