/** An edge that only tests have. */
@NullMarked
package dev.roster.server.api.failing;

import org.jspecify.annotations.NullMarked;
