package dev.roster.spring.registration;

import dev.roster.client.RosterClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.client.serviceregistry.ServiceRegistry;

/**
 * Registers instances in Roster and keeps them registered, by heartbeats, until they are deregistered. Roster may be away: then
 * an instance is registered when Roster comes. An instance that is out of service is not registered; before it is taken away
 * its callers are told, and waited for.
 */
public final class RosterServiceRegistry implements ServiceRegistry<RosterRegistration> {
    /** Roster has the instance. */
    public static final String UP = "UP";
    static final String DOWN = "DOWN";
    static final String OUT_OF_SERVICE = "OUT_OF_SERVICE";
    static final String UNKNOWN = "UNKNOWN";
    private static final String CANCEL_OVERRIDE = "CANCEL_OVERRIDE";

    private final RosterClient client;
    private final Duration drainTimeout;
    private final InstantSource clock;
    private final Map<Key, ManagedInstance> instances = new ConcurrentHashMap<>();

    RosterServiceRegistry(RosterClient client, Duration drainTimeout, InstantSource clock) {
        this.client = client;
        this.drainTimeout = drainTimeout;
        this.clock = clock;
    }

    private record Key(String service, String id) {
        static Key of(RosterRegistration registration) {
            return new Key(registration.getServiceId(), registration.getInstanceId());
        }
    }

    @Override
    public void register(@Nullable RosterRegistration registration) {
        if (registration != null) {
            register(registration, true);
        }
    }

    /** Does as {@link #register(RosterRegistration)}, but lets an application that is not well wait until it is. */
    void register(RosterRegistration registration, boolean serving) {
        instances.computeIfAbsent(Key.of(registration),
                key -> new ManagedInstance(client, registration, serving, drainTimeout, clock));
    }

    @Override
    public void deregister(@Nullable RosterRegistration registration) {
        ManagedInstance instance = registration == null ? null : instances.remove(Key.of(registration));
        if (instance != null) {
            instance.end();
        }
    }

    /** Does nothing: Spring Cloud calls this whenever an application stops, and it may start again. */
    @Override
    public void close() {}

    /** Says whether the application behind a registration is well. Does nothing if it is not registered here. */
    void reportHealth(RosterRegistration registration, boolean serving) {
        ManagedInstance instance = instances.get(Key.of(registration));
        if (instance != null) {
            instance.serving(serving);
        }
    }

    /**
     * Takes an instance out of service, or puts it back.
     *
     * @param status {@code UP} or {@code CANCEL_OVERRIDE}: as its health says; {@code OUT_OF_SERVICE} or {@code DOWN}: away, whatever
     *     its health, until it is {@code UP} again
     */
    @Override
    public void setStatus(RosterRegistration registration, String status) {
        String wanted = status.toUpperCase(Locale.ROOT);
        ManagedInstance instance = instances.get(Key.of(registration));
        switch (wanted) {
            case UP, CANCEL_OVERRIDE -> {
                if (instance == null) {
                    register(registration);
                } else {
                    instance.override(null);
                }
            }
            case OUT_OF_SERVICE, DOWN -> {
                if (instance != null) {
                    instance.override(wanted);
                }
            }
            default -> throw new IllegalArgumentException(
                    "status: expected UP, OUT_OF_SERVICE, DOWN or CANCEL_OVERRIDE, got '" + status + "'");
        }
    }

    /**
     * Returns {@code UP}, {@code OUT_OF_SERVICE}, {@code DOWN} while the application's health keeps it away, or {@code UNKNOWN} while
     * Roster has not confirmed the registration.
     */
    @Override
    // The signature is Spring Cloud's: the caller chooses the type, and all expect text.
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    public <T> T getStatus(RosterRegistration registration) {
        ManagedInstance instance = instances.get(Key.of(registration));
        return (T) (instance == null ? OUT_OF_SERVICE : instance.status());
    }

    /** Returns a registration that is not yet deregistered. */
    Optional<ManagedInstance> find(RosterRegistration registration) {
        return Optional.ofNullable(instances.get(Key.of(registration)));
    }

    /** Returns what is to be registered, or would be if it were well, in no order. Never waits. */
    public List<RegistrationState> states() {
        return instances.values().stream()
                .map(instance -> new RegistrationState(instance.registration(), instance.status(), instance.keeper()))
                .toList();
    }
}
