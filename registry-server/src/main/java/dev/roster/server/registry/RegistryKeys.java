package dev.roster.server.registry;

import dev.roster.server.security.NamespaceName;
import dev.roster.server.store.Key;
import dev.roster.server.store.KeyRange;

/** The keys of the registry, see the package's description. */
final class RegistryKeys {
    private static final String ROOT = "registry/";
    private static final String REPORTS = "registry-reports/";
    private static final String HOSTS = "registry-hosts/";
    private static final char BEFORE_ID = '!';

    private RegistryKeys() {}

    static Key of(InstanceKey instance) {
        return Key.of(service(instance.service()) + instance.id());
    }

    /** Returns the key of the definition of a service, which comes before those of its instances. */
    static Key of(ServiceKey service) {
        return Key.of(service(service));
    }

    /** Returns the key that is there as long as a report on a check holds. */
    static Key of(InstanceKey instance, CheckId check) {
        return Key.of(REPORTS + instance.service().namespace() + '/' + instance.service().name() + BEFORE_ID
                + instance.id() + BEFORE_ID + check);
    }

    /** Returns the key that is there while a host is in maintenance. */
    static Key ofHost(NamespaceName namespace, String host) {
        return Key.of(HOSTS + namespace + '/' + host);
    }

    /** Returns the range of the hosts of a namespace that are in maintenance. */
    static KeyRange hosts(NamespaceName namespace) {
        return KeyRange.prefix(HOSTS + namespace + '/');
    }

    /** Returns the range of the definition of a service and all its instances. */
    static KeyRange all(ServiceKey service) {
        return KeyRange.prefix(service(service));
    }

    /** Returns the range of all instances of a service. */
    static KeyRange instances(ServiceKey service) {
        return all(service).after(of(service));
    }

    /** Returns the range of the services of a namespace whose name begins with a text, with their instances. */
    static KeyRange services(NamespaceName namespace, String prefix) {
        return KeyRange.prefix(namespace(namespace) + prefix);
    }

    /** Returns the range of all services of a namespace, with their instances. */
    static KeyRange all(NamespaceName namespace) {
        return KeyRange.prefix(namespace(namespace));
    }

    /** Returns the range of everything that the registry holds. */
    static KeyRange all() {
        return KeyRange.prefix(ROOT);
    }

    /** Tells whether a key of the registry is that of the definition of a service, and not of an instance. */
    static boolean isDefinition(Key key) {
        String text = key.utf8();
        return text.charAt(text.length() - 1) == BEFORE_ID;
    }

    /** Reads the key of an instance. */
    static InstanceKey read(Key key) {
        String text = key.utf8();
        return new InstanceKey(service(text), new InstanceId(text.substring(text.indexOf(BEFORE_ID) + 1)));
    }

    /** Reads which service a key is of, whether it is that of its definition or of an instance. */
    static ServiceKey service(Key key) {
        return service(key.utf8());
    }

    private static ServiceKey service(String text) {
        int namespaceEnd = text.indexOf('/', ROOT.length());
        return new ServiceKey(new NamespaceName(text.substring(ROOT.length(), namespaceEnd)),
                new ServiceName(text.substring(namespaceEnd + 1, text.indexOf(BEFORE_ID, namespaceEnd + 1))));
    }

    private static String namespace(NamespaceName namespace) {
        return ROOT + namespace + '/';
    }

    private static String service(ServiceKey service) {
        return namespace(service.namespace()) + service.name() + BEFORE_ID;
    }
}
