package dev.roster.server.registry;

/** The service has {@link ServiceCatalog#MAX_INSTANCES} instances already. */
public final class ServiceFullException extends RegistryException {
    private static final long serialVersionUID = 1L;

    private final transient ServiceKey service;

    ServiceFullException(ServiceKey service) {
        super("service " + service + " has " + ServiceCatalog.MAX_INSTANCES + " instances, which is the most");
        this.service = service;
    }

    /** Returns the service. */
    public ServiceKey service() {
        return service;
    }
}
