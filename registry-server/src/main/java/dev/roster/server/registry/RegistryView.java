package dev.roster.server.registry;

import dev.roster.server.security.NamespaceName;
import dev.roster.server.store.Key;
import dev.roster.server.store.KeyRange;
import dev.roster.server.store.KeyValue;
import dev.roster.server.store.ReadView;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The registry at one revision. Checks no access. May be used by any thread, as long as its view of the store. */
public final class RegistryView {
    private final ReadView view;

    /** Shows what a view of the store holds of the registry. */
    public RegistryView(ReadView view) {
        this.view = view;
    }

    /** Returns the store revision that is shown. */
    public long revision() {
        return view.revision().value();
    }

    /** Returns an instance, if it is registered. */
    public Optional<RegisteredInstance> findInstance(InstanceKey key) {
        return view.find(RegistryKeys.of(key)).map(InstanceRecord::read);
    }

    /** Returns a service with all its instances; one without instances is empty, not absent. */
    public RegisteredService service(ServiceKey key) {
        List<RegisteredInstance> instances = view.read(RegistryKeys.instances(key), Integer.MAX_VALUE).keys().stream()
                .map(InstanceRecord::read)
                .toList();
        return new RegisteredService(key, revision(), instances);
    }

    /**
     * Lists services.
     *
     * @param prefix what names must begin with, possibly empty
     * @param after the service behind which to begin, null for the first
     * @param limit most services wanted, 1 or more
     */
    public ServicePage services(NamespaceName namespace, String prefix, @Nullable ServiceName after, int limit) {
        List<ServicePage.Entry> services = new ArrayList<>();
        KeyRange all = RegistryKeys.services(namespace, prefix);
        KeyRange rest = after == null ? all : behind(all, new ServiceKey(namespace, after));
        Optional<ServiceKey> next = firstService(rest);
        while (next.isPresent() && services.size() < limit) {
            ServiceKey service = next.get();
            services.add(new ServicePage.Entry(service, (int) view.count(RegistryKeys.instances(service))));
            rest = behind(rest, service);
            next = firstService(rest);
        }
        return new ServicePage(revision(), services, next.isPresent());
    }

    /** Returns the namespaces that hold an instance. */
    public SortedSet<NamespaceName> namespaces() {
        SortedSet<NamespaceName> namespaces = new TreeSet<>();
        KeyRange rest = RegistryKeys.all();
        Optional<ServiceKey> next = firstService(rest);
        while (next.isPresent()) {
            NamespaceName namespace = next.get().namespace();
            namespaces.add(namespace);
            rest = behind(rest, RegistryKeys.all(namespace));
            next = firstService(rest);
        }
        return namespaces;
    }

    private Optional<ServiceKey> firstService(KeyRange range) {
        return isEmpty(range)
                ? Optional.empty()
                : view.read(range, 1).keys().stream().findFirst().map(KeyValue::key).map(RegistryKeys::read)
                        .map(InstanceKey::service);
    }

    /** Returns what is left of a range behind all instances of a service. */
    private static KeyRange behind(KeyRange range, ServiceKey service) {
        return behind(range, RegistryKeys.instances(service));
    }

    private static KeyRange behind(KeyRange range, KeyRange part) {
        Key end = part.to();
        if (end == null) {
            throw new IllegalStateException("a prefix of the registry has an end");
        }
        return end.compareTo(range.from()) > 0 ? new KeyRange(end, range.to()) : range;
    }

    private static boolean isEmpty(KeyRange range) {
        Key end = range.to();
        return end != null && range.from().compareTo(end) >= 0;
    }
}
