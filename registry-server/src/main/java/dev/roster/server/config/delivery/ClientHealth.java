package dev.roster.server.config.delivery;

import dev.roster.server.security.NamespaceName;

/** Knows from elsewhere how applications are that report on their configuration. May be called by any thread, and often. */
@FunctionalInterface
public interface ClientHealth {

    /** Knows nothing against any. */
    ClientHealth UNKNOWN = (namespace, application, client) -> true;

    /**
     * Tells whether nothing is known against an application.
     *
     * @param namespace where it reports
     * @param application its name, as it says
     * @param client which of its instances
     */
    boolean isWell(NamespaceName namespace, String application, ClientName client);
}
