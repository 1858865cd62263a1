/**
 * Gray releases: a new version of an item that is live for some first, and for more step by step, and that is taken back by
 * itself when applications report that it does not fit.
 *
 * <p>Offers {@link dev.roster.server.config.gray.GrayReleases} to edges, {@link dev.roster.server.config.gray.GrayView} and
 * {@link dev.roster.server.config.gray.GrayChanges} to those who read for a client, and
 * {@link dev.roster.server.config.gray.GrayDriver} to whoever lets time pass. Knows no HTTP, and no clock of its own.
 *
 * <p>The document is a version of the item like any other, so what a client has is told by a version's number, and its entity
 * tag with it. That version is staged: it is not the current one. Who gets it instead of the current one is a function of the
 * gray release and of who asks, the same on every member. The whole state is one key, so a step survives whoever made it:
 * <ul>
 * <li>{@code config/gray/<namespace>/<item>}: the gray release that runs; while it is there nothing else is changed of the
 * item
 * <li>{@code config/gray-ended/<namespace>/<item>/<version, 16 hexadecimal digits>}: one that has ended
 * </ul>
 * Values are records of {@link dev.roster.server.store.ValueWriter}, version 1.
 *
 * <p>Limits: as {@link dev.roster.server.config.gray.GrayPlan}, {@link dev.roster.server.config.gray.GrayStep} and
 * {@link dev.roster.server.config.gray.GrayClient} say; {@link dev.roster.server.config.gray.GrayReleases#KEPT} ended ones of
 * an item, {@link dev.roster.server.config.gray.GrayRelease#MAX_EVENTS} events of each.
 */
@NullMarked
package dev.roster.server.config.gray;

import org.jspecify.annotations.NullMarked;
