package dev.roster.system.coordination;

/**
 * That a program held the lock, as it knew it itself.
 *
 * @param program which one
 * @param token fencing token
 * @param from after it was told so, in nanoseconds
 * @param until before it was sure of it for the last time, in nanoseconds
 */
record Hold(String program, long token, long from, long until) {}
