/**
 * Roster for tests: {@link dev.roster.test.RosterServerExtension} starts a server for a test class;
 * {@link dev.roster.test.RosterProcess} and {@link dev.roster.test.RosterCluster} run servers that a test stops, kills,
 * pauses and starts again; {@link dev.roster.test.RosterContainer} runs one in a container.
 *
 * <p>A server is the real one, in a process of its own with ports and a data directory of its own. It needs a JDK 25, also
 * when the tests run on an older one. It ends with the JVM that started it, however that ends: the pipe to its standard
 * input breaks, upon which it halts. (Except for a process that is paused at that moment.)
 *
 * <p>Must not know Spring, nor any class of the server.
 */
@NullMarked
package dev.roster.test;

import org.jspecify.annotations.NullMarked;
