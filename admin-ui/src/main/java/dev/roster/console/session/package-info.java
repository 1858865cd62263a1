/**
 * Who is at the browser.
 *
 * Purpose: signing in (a password becomes a token that stays in the HTTP session of this process), signing out and expiry
 * (the token is revoked), and what surrounds both: cookies, CSRF, content security policy. Offers
 * {@link dev.roster.console.session.ConsoleUser}; a controller takes it, or {@link dev.roster.console.gateway.Roster} in its
 * name, as a parameter.
 *
 * There is no session before somebody has signed in: the CSRF token is in a cookie, the wanted page in a parameter. So
 * strangers cannot fill the memory of a server, and a form survives the end of a session.
 *
 * Must not know: features, layout.
 */
@NullMarked
package dev.roster.console.session;

import org.jspecify.annotations.NullMarked;
