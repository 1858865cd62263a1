/** Placeholder. */
@NullMarked
package dev.roster.client;

import org.jspecify.annotations.NullMarked;
