package dev.roster.server.registry;

import dev.roster.server.security.Caller;
import dev.roster.server.security.InvalidArgumentException;
import dev.roster.server.security.NamespaceName;
import dev.roster.server.security.Role;
import dev.roster.server.store.Outcome;
import dev.roster.server.store.ReadView;
import dev.roster.server.store.Store;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lets operators decide about instances: have a status, a weight or metadata count in place of what the instances say, or
 * remove them, one or all that a filter chooses. May be used by any thread; waits for the store.
 */
public final class OperatorActions {

    /** Most instances that one action changes. */
    public static final int MAX_INSTANCES = 10_000;

    private final Store store;
    private final InstanceChanges changes;

    /**
     * Makes it.
     *
     * @param clock tells since when an instance has its status
     */
    public OperatorActions(Store store, InstantSource clock) {
        this.store = store;
        this.changes = new InstanceChanges(store, clock);
    }

    /**
     * A change of an instance.
     *
     * @param before the instance before
     * @param after the instance after it, null if it was removed; its revision says when, and is that of before in a preview
     */
    public record Change(RegisteredInstance before, @Nullable RegisteredInstance after) {}

    /**
     * Changes of instances.
     *
     * @param revision the store revision that shows them, or that a preview looked at
     * @param changes ordered by service and id; instances that an action leaves as they are are not among them
     */
    public record Changes(long revision, List<Change> changes) {
        public Changes {
            changes = List.copyOf(changes);
        }
    }

    /**
     * Does something to one instance.
     *
     * @return at most one change; none when the instance is so already
     * @throws InstanceNotFoundException if it is not registered (any more)
     */
    public Changes apply(Caller caller, InstanceKey instance, InstanceAction action) {
        caller.require(Role.EDITOR);
        ReadView view = Outcome.await(store.linearizableView());
        RegisteredInstance present = new RegistryView(view).findInstance(instance)
                .orElseThrow(() -> new InstanceNotFoundException(instance));
        return changes.apply(view.revision().value(), List.of(present), InstanceFilter.EVERY, action);
    }

    /**
     * Tells what would be done to all instances of a namespace that a filter chooses, and does nothing.
     *
     * @throws InvalidArgumentException if the filter chooses more than {@value #MAX_INSTANCES}
     */
    public Changes preview(Caller caller, NamespaceName namespace, InstanceFilter filter, InstanceAction action) {
        caller.require(Role.EDITOR);
        ReadView view = Outcome.await(store.linearizableView());
        return new Changes(view.revision().value(), changes.plan(chosen(view, namespace, filter), action));
    }

    /**
     * Does something to all instances of a namespace that a filter chooses. It is done in parts of up to
     * {@value InstanceChanges#MAX_TOGETHER} instances, each wholly or not at all. An instance that has changed meanwhile is
     * looked at again, and left alone when the filter does not choose it any more.
     *
     * @throws InvalidArgumentException if the filter chooses more than {@value #MAX_INSTANCES}
     * @throws RegistrationContendedException if an instance was changed by others on every attempt; some may be changed
     */
    public Changes applyToAll(Caller caller, NamespaceName namespace, InstanceFilter filter, InstanceAction action) {
        caller.require(Role.EDITOR);
        ReadView view = Outcome.await(store.linearizableView());
        return changes.apply(view.revision().value(), chosen(view, namespace, filter), filter, action);
    }

    private static List<RegisteredInstance> chosen(ReadView view, NamespaceName namespace, InstanceFilter filter) {
        List<RegisteredInstance> chosen = new RegistryView(view).instances(namespace, filter, MAX_INSTANCES + 1);
        if (chosen.size() > MAX_INSTANCES) {
            throw new InvalidArgumentException("filter", "more than " + MAX_INSTANCES + " instances",
                    "at most " + MAX_INSTANCES + " instances; choose fewer");
        }
        return chosen;
    }
}
