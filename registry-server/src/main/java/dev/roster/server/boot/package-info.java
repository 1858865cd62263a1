/** Composition root. */
@NullMarked
package dev.roster.server.boot;

import org.jspecify.annotations.NullMarked;
