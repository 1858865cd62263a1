/**
 * Configuration items and their versions on the wire.
 */
@NullMarked
package dev.roster.api.config;

import org.jspecify.annotations.NullMarked;
