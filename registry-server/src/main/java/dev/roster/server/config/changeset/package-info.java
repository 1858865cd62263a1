/**
 * Change sets: changes of configuration that are written as drafts, compared, reviewed and published together, now or at a
 * time.
 *
 * <p>Offers {@link dev.roster.server.config.changeset.ChangeSets} to edges and
 * {@link dev.roster.server.config.changeset.ScheduledPublications} to whoever lets time pass. Knows how configuration is
 * published, not how that is stored; no HTTP, no clock of its own.
 *
 * <p>Keys; numbers are 16 hexadecimal digits:
 * <ul>
 * <li>{@code config/changeset/<namespace>/<id>}: a change set without the content of its drafts
 * <li>{@code config/changeset-open/<namespace>/<id>}: there while the change set is neither published nor abandoned
 * <li>{@code config/changeset-last/<namespace>}: the highest id that was given
 * <li>{@code config/changeset-due/<seconds since 1970>/<namespace>/<id>}: when a change set is to be published
 * <li>{@code config/draft/<namespace>/<id>/<item>}: the document of a draft that publishes one
 * </ul>
 * Every change of a change set writes its first key under a compare, so no two authors overwrite each other, and nothing is
 * published that was not approved just so.
 *
 * <p>Limits: {@link dev.roster.server.config.changeset.ChangeSets#MAX_OPEN} open change sets of a namespace,
 * {@link dev.roster.server.config.changeset.ChangeSets#KEPT} in all; drafts as
 * {@link dev.roster.server.config.ChangePlan} says.
 */
@NullMarked
package dev.roster.server.config.changeset;

import org.jspecify.annotations.NullMarked;
