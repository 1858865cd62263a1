package dev.roster.server.subscriber;

import java.util.List;
import java.util.Set;

/**
 * Who follows a service, as all members say that answer.
 *
 * @param acknowledging how many of them acknowledge, those included that have just gone
 * @param silent how many do not acknowledge
 * @param found how many are as asked for
 * @param subscribers those, by how far they are behind; possibly not all of them
 * @param unheard members that did not answer: who follows the service by them is not known
 */
public record Attendance(int acknowledging, int silent, int found, List<Subscriber> subscribers, Set<String> unheard) {
    public Attendance {
        subscribers = List.copyOf(subscribers);
        unheard = Set.copyOf(unheard);
    }

    /** Tells whether it is certain that nobody is as asked for. */
    public boolean isNobody() {
        return found == 0 && unheard.isEmpty();
    }
}
