/**
 * What documents are checked against beyond their format: what an application says of its own properties, and schemas.
 *
 * <p>Offers {@link dev.roster.server.config.check.ApplicationMetadatas}, {@link dev.roster.server.config.check.ItemSchemas} and
 * {@link dev.roster.server.config.check.DocumentChecks}, by which configuration checks what is to be published. Knows no
 * versions and no HTTP.
 *
 * <p>Keys: {@code config/metadata/<namespace>/<application>}, what an application says of its properties; {@code
 * config/schema/<namespace>/<item>}, the schema of an item.
 */
@NullMarked
package dev.roster.server.config.check;

import org.jspecify.annotations.NullMarked;
