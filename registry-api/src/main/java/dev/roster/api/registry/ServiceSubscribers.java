package dev.roster.api.registry;

import java.util.List;

/**
 * Who follows a service by a stream, at any member.
 *
 * @param namespace namespace of the service
 * @param service name of the service
 * @param revision a store revision that the member that was asked shows, to compare with
 * @param acknowledging how many of them acknowledge
 * @param silent how many do not
 * @param subscribers who they are, first those that are furthest behind; possibly not all
 * @param unheardMembers members that did not answer: who follows the service by them is not known
 */
public record ServiceSubscribers(String namespace, String service, long revision, int acknowledging, int silent,
        List<Subscriber> subscribers, List<String> unheardMembers) {
    public ServiceSubscribers {
        subscribers = List.copyOf(subscribers);
        unheardMembers = List.copyOf(unheardMembers);
    }
}
