/**
 * Client of Roster for any Java program: {@link dev.roster.client.RosterClient} registers and finds services, reads and
 * publishes configuration, and follows both by one stream for the whole process.
 *
 * <p>A call goes to one of several addresses and is repeated elsewhere when that is safe; what the server has told last is
 * kept in memory and, if wanted, on disk, so that a program goes on while Roster is away.
 *
 * <p>Must not know Spring, nor any other framework: it stands on the JDK's HTTP client, Jackson and SLF4J.
 */
@NullMarked
package dev.roster.client;

import org.jspecify.annotations.NullMarked;
