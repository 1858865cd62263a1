package dev.roster.api.registry;

import java.util.List;

/**
 * What came of draining an instance. It is draining in either case.
 *
 * @param revision the store revision since which it is
 * @param outcome which of the two happened first
 * @param instance the instance since then
 * @param subscribers how many streams follow the service and acknowledge
 * @param silent how many follow it and do not acknowledge, which were not waited for
 * @param lagging how many have not acknowledged the revision
 * @param pending who they are, first those that are furthest behind; at most 100
 * @param unheardMembers members that did not answer: who follows the service by them is not known
 */
public record DrainResult(long revision, Outcome outcome, Instance instance, int subscribers, int silent, int lagging,
        List<Subscriber> pending, List<String> unheardMembers) {
    public DrainResult {
        pending = List.copyOf(pending);
        unheardMembers = List.copyOf(unheardMembers);
    }

    /** How a drain ends. */
    public enum Outcome {
        /** Everybody who follows the service and acknowledges knows that nothing is to be sent to the instance any more. */
        ACKNOWLEDGED,
        /** The time was over before. */
        DEADLINE
    }
}
