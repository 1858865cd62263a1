package dev.roster.server.registry;

import dev.roster.server.security.Caller;
import dev.roster.server.security.InvalidArgumentException;
import dev.roster.server.security.Role;
import dev.roster.server.store.ReadView;
import dev.roster.server.store.Revision;
import dev.roster.server.store.Store;
import java.util.List;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Finds the instances that callers want. Reads this member's replica. May be used by any thread. */
public final class Discovery {
    private final Store store;

    /** Makes it. */
    public Discovery(Store store) {
        this.store = store;
    }

    /**
     * Returns a service with the instances that are wanted.
     *
     * @throws ServiceNotFoundException if it has no instance and is not defined
     * @throws InvalidArgumentException if the service has no such selector
     */
    public SelectedService select(Caller caller, ServiceKey service, Selection selection) {
        caller.require(Role.READER);
        return select(new RegistryView(store.view()), service, selection);
    }

    /**
     * Tells whether a service is still as it was at a revision, without reading it.
     *
     * @param revision a revision that this member has shown
     * @return a revision that this member shows now, at which it is; empty if it is not, or that can't be told without reading
     */
    public OptionalLong unchangedSince(Caller caller, ServiceKey service, long revision) {
        caller.require(Role.READER);
        ReadView view = store.view();
        long present = view.revision().value();
        if (present <= revision) {
            return OptionalLong.of(revision);
        }
        return view.isUnchanged(RegistryKeys.all(service), new Revision(revision))
                ? OptionalLong.of(present)
                : OptionalLong.empty();
    }

    /**
     * Lists the instances of a service that are wanted.
     *
     * @param limit most instances wanted, 1 or more
     * @param from where the page begins, null for the first page; of a listing with the same selection
     * @throws ServiceNotFoundException if the service has no instance and is not defined
     * @throws InvalidArgumentException if the service has no such selector, or the listing no such position
     * @throws dev.roster.server.store.RevisionCompactedException if the revision of the pages before is no longer kept
     */
    public InstancePage list(Caller caller, ServiceKey service, Selection selection, int limit,
            InstancePage.@Nullable Position from) {
        caller.require(Role.READER);
        RegistryView view = new RegistryView(
                from == null ? store.view() : store.viewAt(new Revision(from.revision())));
        List<RegisteredInstance> all = select(view, service, selection).instances();
        int begin = from == null ? 0 : behind(all, from.after());
        int end = Math.min(all.size(), begin + limit);
        return new InstancePage(view.revision(), all.subList(begin, end), end < all.size());
    }

    private static int behind(List<RegisteredInstance> instances, InstanceId after) {
        return IntStream.range(0, instances.size()).filter(i -> instances.get(i).key().id().equals(after)).findFirst()
                .orElseThrow(() -> new InvalidArgumentException("cursor", after,
                        "the nextCursor of a page with the same parameters"))
                + 1;
    }

    private static SelectedService select(RegistryView view, ServiceKey key, Selection selection) {
        RegisteredService service = view.service(key);
        if (!service.exists()) {
            throw new ServiceNotFoundException(key);
        }
        Protection protection = service.protection();
        InstanceFilter selector = selector(service.definition(), selection.selector());
        List<RegisteredInstance> wanted = service.instances().stream()
                .filter(instance -> !selection.healthy() || protection.lets(instance.status()))
                .filter(selection.filter()::matches).filter(selector::matches)
                .sorted(selection.order().comparator()).toList();
        return new SelectedService(service, protection, wanted);
    }

    private static InstanceFilter selector(ServiceDefinition definition, @Nullable String name) {
        if (name == null) {
            return InstanceFilter.EVERY;
        }
        String text = definition.selectors().get(name);
        if (text == null) {
            throw new InvalidArgumentException("selector", name, definition.selectors().isEmpty()
                    ? "none, for the service defines no selectors"
                    : "one of those that the service defines: " + new TreeSet<>(definition.selectors().keySet()));
        }
        return InstanceFilter.parse("selector", text);
    }
}
