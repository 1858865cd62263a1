/**
 * Identity, users and tokens over HTTP: {@code /api/v1/identity}, {@code /api/v1/users}, {@code /api/v1/tokens}. Turns wire
 * records into calls of the security feature and back; decides nothing.
 */
@NullMarked
package dev.roster.server.api.security;

import org.jspecify.annotations.NullMarked;
