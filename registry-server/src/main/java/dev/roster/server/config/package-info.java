/**
 * Configuration: documents by name, each with its releases.
 *
 * <p>Offers {@link dev.roster.server.config.ConfigReleases} and {@link dev.roster.server.config.NamespaceRules} to edges, and {@link dev.roster.server.config.ConfigView} and
 * {@link dev.roster.server.config.ConfigChanges} to those that read several features at one revision. Knows no HTTP, no
 * services, and nothing of what a document means beyond what {@code config.format} checks.
 *
 * <p>Keys, of which one transaction writes all that a change needs:
 * <ul>
 * <li>{@code config/head/<namespace>/<item>}: the current version without its content, while the item exists
 * <li>{@code config/deleted/<namespace>/<item>}: the same of the deletion, while the item does not exist any more: the next
 * publication goes on counting from there
 * <li>{@code config/version/<namespace>/<item>/<number, 16 hexadecimal digits>}: one version with its content, written once
 * and never changed, save that its secrets are encrypted anew by newer keys
 * <li>{@code config/staged/<namespace>/<item>}: the version without its content that a gray release began with last, so that
 * its number is not used again
 * <li>{@code config/gray/<namespace>/<item>}: see {@link dev.roster.server.config.GrayMark}
 * <li>{@code config/details/<namespace>/<item>}: what people say of an item; stays when it is deleted
 * <li>{@code config/history/<namespace>}: how much history is kept, once that was set
 * <li>{@code config/rules/<namespace>}: what the namespace asks of those who publish in it, once that was set
 * </ul>
 * Values are records of {@link dev.roster.server.store.ValueWriter}, version 1: number, action, format, hash of the content,
 * version restored by a rollback, comment, time, author; and in {@code version} keys the content.
 *
 * <p>Limits: names as {@link dev.roster.server.config.ItemName} says, documents and comments as
 * {@link dev.roster.server.config.Publication} says, as many versions of an item as
 * {@link dev.roster.server.config.HistoryPolicy} says.
 */
@NullMarked
package dev.roster.server.config;

import org.jspecify.annotations.NullMarked;
