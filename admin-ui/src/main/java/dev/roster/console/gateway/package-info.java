/**
 * The console's only way to Roster.
 *
 * Purpose: pages ask {@link dev.roster.console.gateway.Roster} in the name of the signed-in user; every question becomes a
 * request to {@code /api/v1} with that user's token, so that security is enforced once, by the server. Offers the two ports
 * {@link dev.roster.console.gateway.Gateway} and {@link dev.roster.console.gateway.Roster}, which a test replaces by a
 * server in memory, and the exceptions that pages have to expect.
 *
 * Must not know: pages, sessions, templates.
 */
@NullMarked
package dev.roster.console.gateway;

import org.jspecify.annotations.NullMarked;
