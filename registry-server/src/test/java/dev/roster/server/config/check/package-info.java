@NullMarked
package dev.roster.server.config.check;

import org.jspecify.annotations.NullMarked;
