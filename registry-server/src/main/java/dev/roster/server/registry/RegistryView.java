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
import java.util.function.Consumer;
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

    /** Returns the definition of a service, if it has one. */
    public Optional<DefinedService> findDefinition(ServiceKey key) {
        return view.find(RegistryKeys.of(key)).map(ServiceRecord::read);
    }

    /** Returns when instances of a service are taken to flap. */
    FlapRules flapRules(ServiceKey key) {
        return findDefinition(key).map(defined -> defined.definition().flapping()).orElse(FlapRules.DEFAULT);
    }

    /** Returns a service with all its instances; one that does not exist is empty, not absent. */
    public RegisteredService service(ServiceKey key) {
        @Nullable
        DefinedService defined = null;
        List<RegisteredInstance> instances = new ArrayList<>();
        for (KeyValue stored : view.read(RegistryKeys.all(key), Integer.MAX_VALUE).keys()) {
            if (RegistryKeys.isDefinition(stored.key())) {
                defined = ServiceRecord.read(stored);
            } else {
                instances.add(InstanceRecord.read(stored));
            }
        }
        return new RegisteredService(key, revision(), defined, instances);
    }

    /** Shows every instance of every namespace, one after the other. */
    public void forEachInstance(Consumer<RegisteredInstance> consumer) {
        view.read(RegistryKeys.all(), Integer.MAX_VALUE).keys().stream()
                .filter(stored -> !RegistryKeys.isDefinition(stored.key()))
                .forEach(stored -> consumer.accept(InstanceRecord.read(stored)));
    }

    /** Shows every service of every namespace, one after the other. */
    public void forEachService(Consumer<RegisteredService> consumer) {
        KeyRange rest = RegistryKeys.all();
        Optional<ServiceKey> next = firstService(rest);
        while (next.isPresent()) {
            ServiceKey service = next.get();
            consumer.accept(service(service));
            rest = behind(rest, service);
            next = firstService(rest);
        }
    }

    /** Shows every service of every namespace that has a definition and no instance, one after the other. */
    void forEachEmptyService(Consumer<DefinedService> consumer) {
        KeyRange rest = RegistryKeys.all();
        Optional<ServiceKey> next = firstService(rest);
        while (next.isPresent()) {
            ServiceKey service = next.get();
            if (view.read(RegistryKeys.instances(service), 1).keys().isEmpty()) {
                findDefinition(service).ifPresent(consumer);
            }
            rest = behind(rest, service);
            next = firstService(rest);
        }
    }

    /**
     * Returns the instances of a namespace that a filter chooses, ordered by service and id.
     *
     * @param limit most instances wanted, 1 or more
     */
    public List<RegisteredInstance> instances(NamespaceName namespace, InstanceFilter filter, int limit) {
        return view.read(RegistryKeys.all(namespace), Integer.MAX_VALUE).keys().stream()
                .filter(stored -> !RegistryKeys.isDefinition(stored.key())).map(InstanceRecord::read)
                .filter(filter::matches).limit(limit).toList();
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
            services.add(entry(service));
            rest = behind(rest, service);
            next = firstService(rest);
        }
        return new ServicePage(revision(), services, next.isPresent());
    }

    private ServicePage.Entry entry(ServiceKey key) {
        RegisteredService service = service(key);
        int healthy = (int) service.instances().stream().filter(instance -> instance.status().isHealthy()).count();
        return new ServicePage.Entry(key, service.instances().size(), healthy, service.definition(),
                service.protection());
    }

    /** Returns the namespaces that hold a service. */
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
                : view.read(range, 1).keys().stream().findFirst().map(KeyValue::key)
                        .map(RegistryKeys::service);
    }

    /** Returns what is left of a range behind all of a service. */
    private static KeyRange behind(KeyRange range, ServiceKey service) {
        return behind(range, RegistryKeys.all(service));
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
