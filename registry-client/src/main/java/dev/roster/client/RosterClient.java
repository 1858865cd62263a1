package dev.roster.client;

import dev.roster.api.registry.InstanceRegistration;
import dev.roster.api.registry.ServiceInstances;
import dev.roster.api.watch.ConfigState;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A client of Roster. One per process is enough: it is safe for use by several threads, and everything it follows shares one
 * stream. Calls block; they go to one address as long as that works, and to others when it does not.
 *
 * <p>{@link #inNamespace}, {@link #as}, {@link #withConsistency} and {@link #retryingFor} give the same client with another setting; they share
 * connections and stream, cost nothing, and need not be closed.
 */
public final class RosterClient implements AutoCloseable {
    private final ClientRuntime runtime;
    private final Session session;
    private final boolean owner;
    private final boolean ownCredentials;

    private RosterClient(ClientRuntime runtime, Session session, boolean owner, boolean ownCredentials) {
        this.runtime = runtime;
        this.session = session;
        this.owner = owner;
        this.ownCredentials = ownCredentials;
    }

    /** Returns settings for a client, all at their defaults. */
    public static RosterClientBuilder builder() {
        return new RosterClientBuilder();
    }

    static RosterClient open(RosterClientBuilder settings) {
        ClientRuntime runtime = new ClientRuntime(settings);
        Session session = new Session(runtime.requests(), settings.credentials, settings.namespace, Consistency.LOCAL,
                settings.retryFor);
        return new RosterClient(runtime, session, true, true);
    }

    /** Returns this client for another namespace. */
    public RosterClient inNamespace(String namespace) {
        return new RosterClient(runtime, new Session(session.requests(), session.credentials(), namespace,
                session.consistency(), session.retryFor()), false, ownCredentials);
    }

    /** Returns this client for another caller. What it is asked for is asked in that name; it cannot follow anything. */
    public RosterClient as(Supplier<Credentials> credentials) {
        return new RosterClient(runtime, new Session(session.requests(), credentials, session.namespace(),
                session.consistency(), session.retryFor()), false, false);
    }

    /** Returns this client with reads of another consistency; {@link Consistency#LOCAL} unless set. */
    public RosterClient withConsistency(Consistency consistency) {
        return new RosterClient(runtime, new Session(session.requests(), session.credentials(), session.namespace(),
                consistency, session.retryFor()), false, ownCredentials);
    }

    /**
     * Returns this client with another time for repeating calls; see {@link RosterClientBuilder#retryFor}. Zero suits callers
     * that would rather be told at once.
     */
    public RosterClient retryingFor(Duration time) {
        return new RosterClient(runtime, session.retryingFor(time), false, ownCredentials);
    }

    /** Returns the namespace of this client. */
    public String namespace() {
        return session.namespace();
    }

    /** Returns how each address of the server is doing, in the order in which they are tried. Never blocks. */
    public List<AddressStatus> addresses() {
        return runtime.addresses().statuses();
    }

    /** Sets who is told of each call from now on, whichever of the clients that share these connections makes it; one only. */
    public void observeCalls(CallObserver observer) {
        runtime.requests().observe(observer);
    }

    /** Returns the services of the namespace. */
    public RegistryOperations registry() {
        return new HttpRegistry(session);
    }

    /** Returns the configuration of the namespace. */
    public ConfigOperations configs() {
        return new HttpConfigs(session);
    }

    /** Returns users and tokens. */
    public SecurityOperations security() {
        return new HttpSecurity(session);
    }

    /** Returns the cluster. */
    public ClusterOperations cluster() {
        return new HttpCluster(session);
    }

    /** Returns sessions of the namespace, and what is held by them. */
    public CoordinationOperations coordination() {
        return new HttpCoordination(session);
    }

    /**
     * Opens sessions when they are needed, and keeps them alive, until the keeper, or this client, is closed. Returns at once.
     *
     * @param ttl how long what is held outlives this program, 1 s to 1 h; signs of life are sent three times as often
     * @param name what people are shown, usually the id of the instance: at most 128 characters, possibly empty
     */
    public SessionKeeper keepSession(Duration ttl, String name) {
        return runtime.keepSession(session, ttl, name);
    }

    /**
     * Returns what follows services and configuration of the namespace.
     *
     * @throws IllegalStateException if this client was made by {@link #as}: the one stream has the first client's credentials
     */
    public WatchOperations watch() {
        if (!ownCredentials) {
            throw new IllegalStateException("a client for another caller cannot follow anything");
        }
        return new Watches(runtime.stream(), session.namespace());
    }

    /**
     * Registers an instance and keeps it registered until the keeper, or this client, is closed. Returns at once; the
     * registration follows as soon as the server is there.
     *
     * @param registration with the time to live in it; heartbeats are sent three times as often
     */
    public InstanceKeeper keep(String service, String id, InstanceRegistration registration) {
        return runtime.keep(session, service, id, registration);
    }

    /**
     * Reports what becomes of configuration in this program, until the reporter, or this client, is closed.
     *
     * @param name tells this program from others, usually the id of its instance: 1 to 128 letters, digits, dots, colons,
     *     hyphens and underscores
     * @param source asked for what to report, by threads of the client
     */
    public ConfigReporter reportConfig(String name, ConfigReporter.Source source) {
        return runtime.report(session, name, source);
    }

    /**
     * Ends the sessions and takes away the instances that are being kept, ends the stream, and writes the last good answers. Waits for that, some
     * seconds at most. Does nothing on a client that was made from another.
     */
    @Override
    public void close() {
        if (owner) {
            runtime.close();
        }
    }

    private record Watches(WatchStream stream, String namespace) implements WatchOperations {
        @Override
        public Watched<ServiceInstances> service(String name, Consumer<? super ServiceInstances> listener) {
            return stream.subscriptions().service(namespace, name, listener);
        }

        @Override
        public Watched<ConfigState> config(String name, Consumer<? super ConfigState> listener) {
            return stream.subscriptions().config(namespace, name, listener);
        }

        @Override
        public WatchStatus status() {
            return stream.status();
        }
    }
}
