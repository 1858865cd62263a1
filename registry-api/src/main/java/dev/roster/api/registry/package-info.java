/**
 * Services and their instances on the wire.
 */
@NullMarked
package dev.roster.api.registry;

import org.jspecify.annotations.NullMarked;
