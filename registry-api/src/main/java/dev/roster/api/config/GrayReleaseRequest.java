package dev.roster.api.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Begins a gray release: a new version that is live for some first.
 *
 * @param changeSet a change set whose only draft publishes the item, instead of format, content and comment; it needs as many
 *     approvals as the namespace asks for
 * @param format how the content is written
 * @param content the whole document
 * @param comment why, to 500 characters, null if not said
 * @param steps 1 to 20
 * @param automatic whether steps are made, and the version published after the last one, without being asked for; so if not
 *     said
 * @param minClients how many must run with it, without errors, before that is done by itself; 0 if not said
 * @param maxErrorPercentage how many of a hundred that have fetched it may report errors before it is rolled back; 0 if not
 *     said
 * @param maxUnhealthyPercentage how many of a hundred that run with it may say that they are not well; 0 if not said
 */
public record GrayReleaseRequest(@Nullable Long changeSet, @Nullable ConfigFormat format, @Nullable String content,
        @Nullable String comment, @Nullable List<GrayStep> steps, @Nullable Boolean automatic,
        @Nullable Integer minClients,
        @Nullable Integer maxErrorPercentage, @Nullable Integer maxUnhealthyPercentage) {}
