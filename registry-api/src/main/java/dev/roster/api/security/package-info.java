/**
 * Users, roles and tokens on the wire.
 */
@NullMarked
package dev.roster.api.security;

import org.jspecify.annotations.NullMarked;
