package dev.roster.server.registry;

import dev.roster.server.security.NamespaceName;
import dev.roster.server.store.Key;
import dev.roster.server.store.KeyRange;

/** The keys of the registry, see the package's description. */
final class RegistryKeys {
    private static final String ROOT = "registry/";
    private static final char BEFORE_ID = '!';

    private RegistryKeys() {}

    static Key of(InstanceKey instance) {
        return Key.of(service(instance.service()) + instance.id());
    }

    /** Returns the range of all instances of a service. */
    static KeyRange instances(ServiceKey service) {
        return KeyRange.prefix(service(service));
    }

    /** Returns the range of all instances of the services of a namespace whose name begins with a text. */
    static KeyRange services(NamespaceName namespace, String prefix) {
        return KeyRange.prefix(namespace(namespace) + prefix);
    }

    /** Returns the range of all instances of a namespace. */
    static KeyRange all(NamespaceName namespace) {
        return KeyRange.prefix(namespace(namespace));
    }

    /** Returns the range of everything that the registry holds. */
    static KeyRange all() {
        return KeyRange.prefix(ROOT);
    }

    /** Reads a key of the registry. */
    static InstanceKey read(Key key) {
        String text = key.utf8();
        int namespaceEnd = text.indexOf('/', ROOT.length());
        int serviceEnd = text.indexOf(BEFORE_ID, namespaceEnd + 1);
        ServiceKey service = new ServiceKey(new NamespaceName(text.substring(ROOT.length(), namespaceEnd)),
                new ServiceName(text.substring(namespaceEnd + 1, serviceEnd)));
        return new InstanceKey(service, new InstanceId(text.substring(serviceEnd + 1)));
    }

    private static String namespace(NamespaceName namespace) {
        return ROOT + namespace + '/';
    }

    private static String service(ServiceKey service) {
        return namespace(service.namespace()) + service.name() + BEFORE_ID;
    }
}
