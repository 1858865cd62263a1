package dev.roster.client;

import dev.roster.api.Page;
import dev.roster.api.registry.DrainResult;
import dev.roster.api.registry.Instance;
import dev.roster.api.registry.InstanceRegistration;
import dev.roster.api.registry.InstanceStatus;
import dev.roster.api.registry.ServiceInstances;
import dev.roster.api.registry.ServiceSummary;
import java.time.Duration;
import java.util.Optional;

/**
 * Services and instances of one namespace. Every method asks the server, blocks until the answer is there, may be called by
 * any thread, and throws a {@link RosterException}. To follow services use {@link WatchOperations}, to stay registered use
 * {@link RosterClient#keep}.
 */
public interface RegistryOperations {

    /** Registers an instance, or replaces it. Repeated by itself when the answer is lost, since that changes nothing more. */
    Instance register(String service, String id, InstanceRegistration registration);

    /**
     * Gives an instance its whole time to live again.
     *
     * @throws RosterRejectedException with {@code instance-not-found} if it is gone: register it again
     */
    void renew(String service, String id);

    /**
     * Replaces what an instance said of its status when it registered: that it is ready, say, or about to leave. Waits for
     * nobody who follows the service.
     *
     * @throws RosterRejectedException with {@code instance-not-found} if it is gone: register it again
     */
    Instance say(String service, String id, InstanceStatus status);

    /**
     * Has an instance say that it is about to leave, and waits until everybody who follows the service and acknowledges knows. It
     * is draining in either case; asking again waits on.
     *
     * @param wait how long to wait for them at most, 0 to 25 s
     * @throws RosterRejectedException with {@code instance-not-found} if it is gone
     */
    DrainResult drain(String service, String id, Duration wait);

    /**
     * Removes an instance.
     *
     * @throws RosterRejectedException with {@code instance-not-found} if there is none
     */
    void deregister(String service, String id);

    /**
     * Returns an instance.
     *
     * @throws RosterRejectedException with {@code instance-not-found} if there is none
     */
    Instance get(String service, String id);

    /** Returns an instance, if there is one. */
    Optional<Instance> find(String service, String id);

    /**
     * Returns a service with all its instances.
     *
     * @throws RosterRejectedException with {@code service-not-found} if it has no instance
     */
    ServiceInstances get(String service);

    /** Returns a service with all its instances, if it has any. */
    Optional<ServiceInstances> find(String service);

    /** Returns a page of the services that have instances, by name. */
    Page<ServiceSummary> list(PageRequest page);
}
