package dev.roster.server.config.gray;

import dev.roster.server.config.ItemKey;
import dev.roster.server.config.gray.GrayEvent.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A version of an item that is live for some, or was.
 *
 * @param item the item
 * @param version the version, which is also the name of the gray release
 * @param baseVersion the version that everybody else has
 * @param number 1 at first, one more for each event
 * @param status how it stands
 * @param startedBy name of the user who began it
 * @param startedAt when
 * @param step how many steps have been made, 1 at first
 * @param stepSince since when it bakes: when the step was made, or the gray release resumed
 * @param plan how it is to go
 * @param timeline what happened, the first first, at most {@value #MAX_EVENTS}
 */
public record GrayRelease(ItemKey item, long version, long baseVersion, long number, Status status, String startedBy,
        Instant startedAt, int step, Instant stepSince, GrayPlan plan, List<GrayEvent> timeline) {

    /** Most events. Steps, and the end, have room among them however often it was paused before. */
    public static final int MAX_EVENTS = 100;

    private static final int KEPT_FOR_STEPS = GrayPlan.MAX_STEPS + 1;

    /** How a gray release stands. The names are part of stored records: add, never rename. */
    public enum Status {
        /** It goes on. */
        RUNNING,
        /** It stays at its step, and is still rolled back if need be. */
        PAUSED,
        /** Its document has been published for everybody. */
        PROMOTED,
        /** Somebody has taken it back. */
        ABORTED,
        /** It was taken back by itself. */
        ROLLED_BACK
    }

    public GrayRelease {
        timeline = List.copyOf(timeline);
    }

    /** Tells whether the version is live for some. */
    public boolean isActive() {
        return status == Status.RUNNING || status == Status.PAUSED;
    }

    /** Tells whether no step is left. */
    boolean isAtLastStep() {
        return step == plan.steps().size();
    }

    /** Tells whether a client gets the version: one that a step chooses that has been made. So nobody loses it by a step. */
    boolean reaches(GrayClient client) {
        String salt = item + "/" + version;
        return isActive() && !client.equals(GrayClient.UNKNOWN)
                && plan.steps().subList(0, step).stream().anyMatch(one -> one.adds(client, salt));
    }

    /** Tells whether it may be paused or resumed once more. */
    boolean hasRoom() {
        return timeline.size() < MAX_EVENTS - KEPT_FOR_STEPS;
    }

    /** Returns it after an event. */
    GrayRelease after(GrayEvent event) {
        List<GrayEvent> events = new ArrayList<>(timeline);
        events.add(event);
        Status next = switch (event.kind()) {
            case STARTED, RESUMED -> Status.RUNNING;
            case ADVANCED -> status;
            case PAUSED -> Status.PAUSED;
            case PROMOTED -> Status.PROMOTED;
            case ABORTED -> Status.ABORTED;
            case ROLLED_BACK -> Status.ROLLED_BACK;
        };
        boolean bakesAnew = event.kind() == Kind.ADVANCED || event.kind() == Kind.RESUMED;
        return new GrayRelease(item, version, baseVersion, number + 1, next, startedBy, startedAt, event.step(),
                bakesAnew ? event.at() : stepSince, plan, events);
    }
}
