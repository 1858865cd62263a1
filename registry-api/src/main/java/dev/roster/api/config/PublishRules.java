package dev.roster.api.config;

/**
 * What a namespace asks of whoever publishes in it.
 *
 * @param reviewRequired whether changes are only published from a change set that was approved
 * @param approvals how many approvals a review needs, 1 to 5
 * @param ownApproval whether those who wrote a change set may approve it
 * @param number 0 for the rules that hold without any being set, one more for each time that they are
 */
public record PublishRules(boolean reviewRequired, int approvals, boolean ownApproval, long number) {}
