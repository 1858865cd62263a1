package dev.roster.server.registry;

/** No instance of the service is registered, or it is not defined where a definition is asked for. */
public final class ServiceNotFoundException extends RegistryException {
    private static final long serialVersionUID = 1L;

    private final transient ServiceKey service;

    ServiceNotFoundException(ServiceKey service) {
        super("no service " + service);
        this.service = service;
    }

    /** Returns the service. */
    public ServiceKey service() {
        return service;
    }
}
