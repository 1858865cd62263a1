package dev.roster.api.config;

import org.jspecify.annotations.Nullable;

/**
 * Sets what a namespace asks of whoever publishes in it.
 *
 * @param reviewRequired whether changes are only published from a change set that was approved
 * @param approvals how many approvals a review needs, 1 to 5, by default 1
 * @param ownApproval whether those who wrote a change set may approve it, by default not
 */
public record PublishRulesRequest(@Nullable Boolean reviewRequired, @Nullable Integer approvals,
        @Nullable Boolean ownApproval) {}
