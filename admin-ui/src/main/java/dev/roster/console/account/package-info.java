/**
 * What users settle for themselves: their password.
 *
 * Must not know: other features.
 */
@NullMarked
package dev.roster.console.account;

import org.jspecify.annotations.NullMarked;
