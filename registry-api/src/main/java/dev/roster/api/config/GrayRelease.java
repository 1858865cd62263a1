package dev.roster.api.config;

import java.time.Instant;
import java.util.List;

/**
 * A version of an item that is live for some, or was.
 *
 * @param namespace namespace of the item
 * @param name name of the item
 * @param version the version, which is also the name of the gray release
 * @param baseVersion the version that everybody else has
 * @param number 1 at first, one more for each event
 * @param status how it stands
 * @param startedBy who began it
 * @param startedAt when
 * @param step how many steps have been made, 1 at first
 * @param stepSince since when it bakes
 * @param steps all steps
 * @param automatic whether steps are made without being asked for
 * @param minClients how many must run with it before that
 * @param maxErrorPercentage how many of a hundred may report errors
 * @param maxUnhealthyPercentage how many of a hundred may be not well
 * @param adoption what applications make of the version now
 * @param timeline what happened, the first first
 */
public record GrayRelease(String namespace, String name, long version, long baseVersion, long number, Status status,
        String startedBy, Instant startedAt, int step, Instant stepSince, List<GrayStep> steps, boolean automatic,
        int minClients, int maxErrorPercentage, int maxUnhealthyPercentage, AdoptedVersion adoption,
        List<GrayEvent> timeline) {

    /** How a gray release stands; on the wire in lower case. */
    public enum Status {
        RUNNING, PAUSED, PROMOTED, ABORTED, ROLLED_BACK
    }

    public GrayRelease {
        steps = List.copyOf(steps);
        timeline = List.copyOf(timeline);
    }
}
