package dev.roster.server.registry;

/**
 * Names an instance.
 *
 * @param service the service it is an instance of
 * @param id its id there
 */
public record InstanceKey(ServiceKey service, InstanceId id) {
    @Override
    public String toString() {
        return service + "/" + id;
    }
}
