@NullMarked
package dev.roster.server.config.transfer;

import org.jspecify.annotations.NullMarked;
