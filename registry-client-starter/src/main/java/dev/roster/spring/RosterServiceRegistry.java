package dev.roster.spring;

import dev.roster.client.InstanceKeeper;
import dev.roster.client.RosterClient;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.client.serviceregistry.ServiceRegistry;

/**
 * Registers instances with Roster and keeps them registered. Registering returns at once and never fails because Roster is
 * away: it is done as soon as Roster is there. Safe for use by several threads.
 */
public final class RosterServiceRegistry implements ServiceRegistry<RosterRegistration> {
    private static final String UP = "UP";
    private static final String OUT_OF_SERVICE = "OUT_OF_SERVICE";
    private static final String UNKNOWN = "UNKNOWN";

    private final RosterClient client;
    private final Map<Key, InstanceKeeper> keepers = new ConcurrentHashMap<>();

    RosterServiceRegistry(RosterClient client) {
        this.client = client;
    }

    private record Key(String service, String id) {
        static Key of(RosterRegistration registration) {
            return new Key(registration.getServiceId(), registration.getInstanceId());
        }
    }

    @Override
    public void register(@Nullable RosterRegistration registration) {
        if (registration == null) {
            return;
        }
        keepers.computeIfAbsent(Key.of(registration),
                key -> client.keep(key.service(), key.id(), registration.toRequest()));
    }

    @Override
    public void deregister(@Nullable RosterRegistration registration) {
        InstanceKeeper keeper = registration == null ? null : keepers.remove(Key.of(registration));
        if (keeper != null) {
            keeper.close();
        }
    }

    /** Does nothing: Spring Cloud calls this whenever an application stops, and it may start again. */
    @Override
    public void close() {}

    /**
     * Takes an instance out of service, or puts it back.
     *
     * @param status {@code UP}, {@code OUT_OF_SERVICE} or {@code DOWN}; the latter two take the instance away until it is
     *     {@code UP} again
     */
    @Override
    public void setStatus(RosterRegistration registration, String status) {
        switch (status.toUpperCase(Locale.ROOT)) {
            case UP -> register(registration);
            case OUT_OF_SERVICE, "DOWN" -> deregister(registration);
            default ->
                throw new IllegalArgumentException("status: expected UP, OUT_OF_SERVICE or DOWN, got '" + status + "'");
        }
    }

    /** Returns {@code UP}, {@code OUT_OF_SERVICE}, or {@code UNKNOWN} while Roster has not confirmed the registration. */
    @Override
    // The signature is Spring Cloud's: the caller chooses the type, and all expect text.
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    public <T> T getStatus(RosterRegistration registration) {
        InstanceKeeper keeper = keepers.get(Key.of(registration));
        if (keeper == null) {
            return (T) OUT_OF_SERVICE;
        }
        return (T) (keeper.state() == InstanceKeeper.State.REGISTERED ? UP : UNKNOWN);
    }

    List<InstanceKeeper> keepers() {
        return List.copyOf(keepers.values());
    }
}
