/** What tests of every package of the server share. */
@NullMarked
package dev.roster.server;

import org.jspecify.annotations.NullMarked;
