/**
 * Many items at once: imports from archives of Roster and of others, exports, and copies of a namespace.
 *
 * <p>Offers {@link dev.roster.server.config.transfer.ConfigImports}, {@link dev.roster.server.config.transfer.ConfigExports} and
 * {@link dev.roster.server.config.transfer.ImportRuns}. Whatever is brought in becomes changes of items which are made by one
 * transaction; how versions are made is decided by configuration itself. Knows no HTTP and no files: an archive is bytes.
 *
 * <p>Keys: {@code config/import/<lease>/<part>} while a transaction is prepared that is too large for one command; see
 * {@link dev.roster.server.store.LargeTxn}.
 *
 * <p>Whoever sends an archive is a stranger. It is read wholly, with bounds on everything ({@link
 * dev.roster.server.config.transfer.ImportLimits}), before anything is decided.
 */
@NullMarked
package dev.roster.server.config.transfer;

import org.jspecify.annotations.NullMarked;
