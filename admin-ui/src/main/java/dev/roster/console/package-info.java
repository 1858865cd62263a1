/**
 * The web console of Roster.
 *
 * Purpose: everything an operator does with a browser. Offers {@link dev.roster.console.ConsoleConfiguration}, which a server imports, and
 * {@link dev.roster.console.RosterConsole}, which runs the console on its own. Pages are rendered here and work without
 * script; each feature has a package, a folder of templates and knows {@code gateway}, {@code session} and {@code layout}.
 *
 * Must not know: the server's classes. It talks to {@code /api/v1} only, also when it is embedded.
 */
@NullMarked
package dev.roster.console;

import org.jspecify.annotations.NullMarked;
