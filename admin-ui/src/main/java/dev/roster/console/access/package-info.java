/**
 * Users, for admins, and tokens, for everybody.
 *
 * The secret of a new token passes through the session once, to the page after the redirect. Must not know: services,
 * configuration.
 */
@NullMarked
package dev.roster.console.access;

import org.jspecify.annotations.NullMarked;
