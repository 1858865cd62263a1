package dev.roster.spring.discovery;

import dev.roster.api.Page;
import dev.roster.api.registry.Instance;
import dev.roster.api.registry.InstanceStatus;
import dev.roster.api.registry.ServiceInstances;
import dev.roster.api.registry.ServiceSummary;
import dev.roster.client.PageRequest;
import dev.roster.client.RegistryOperations;
import dev.roster.client.RosterClient;
import dev.roster.client.RosterException;
import dev.roster.client.RosterRejectedException;
import dev.roster.client.WatchOperations;
import dev.roster.client.Watched;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.cloud.client.ServiceInstance;

/**
 * The services that this application has looked up, kept up to date by the client's stream: the first lookup of a service
 * waits a little for the server, every later one is answered from memory. While Roster is away the last good answer stays.
 * Safe for use by several threads.
 */
public final class ServiceView implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ServiceView.class);
    private static final int PAGE = 1000;

    private final RosterClient client;
    private final Duration lookupTimeout;
    private final Consumer<ServiceInstances> onChange;
    private final Map<String, Watched<ServiceInstances>> watched = new ConcurrentHashMap<>();
    private volatile @Nullable List<String> lastNames;
    private volatile boolean namesAreOld;

    /**
     * Makes a view.
     *
     * @param onChange told of each change, by the client's thread for listeners
     */
    ServiceView(RosterClient client, Duration lookupTimeout, Consumer<ServiceInstances> onChange) {
        this.client = client;
        this.lookupTimeout = lookupTimeout;
        this.onChange = onChange;
    }

    /** Returns the instances of a service that may be called; none if none are known while Roster is away. */
    List<ServiceInstance> instances(String service) {
        Watched<ServiceInstances> known = watched.get(service);
        if (known != null) {
            return convert(known.current());
        }
        if (watched.size() >= WatchOperations.MAX_TARGETS) {
            return convert(ask(service));
        }
        return convert(follow(service).flatMap(first -> firstAnswer(service, first)));
    }

    /** Does as {@link #instances}, without blocking. */
    CompletableFuture<List<ServiceInstance>> instancesLater(String service) {
        Watched<ServiceInstances> known = watched.get(service);
        if (known != null) {
            return CompletableFuture.completedFuture(convert(known.current()));
        }
        if (watched.size() >= WatchOperations.MAX_TARGETS) {
            return CompletableFuture.supplyAsync(() -> convert(ask(service)));
        }
        return follow(service)
                .map(first -> first.fromServer().thenApply(Optional::of)
                        .completeOnTimeout(Optional.empty(), lookupTimeout.toMillis(),
                                TimeUnit.MILLISECONDS)
                        .thenApply(answer -> convert(answer.or(first::current))))
                .orElseGet(() -> CompletableFuture.completedFuture(List.of()));
    }

    /** Returns the names of all services; the last known ones while Roster is away. Asks the server. */
    List<String> names() {
        try {
            List<String> names = new ArrayList<>();
            PageRequest request = PageRequest.first().withLimit(PAGE);
            // Without repetition: Spring Cloud's health indicator asks for the names each time that it is asked itself.
            RegistryOperations registry = client.retryingFor(Duration.ZERO).registry();
            Page<ServiceSummary> page = registry.list(request);
            page.items().forEach(service -> names.add(service.name()));
            while (page.nextCursor() != null) {
                page = registry.list(request.withCursor(page.nextCursor()));
                page.items().forEach(service -> names.add(service.name()));
            }
            List<String> all = List.copyOf(names);
            lastNames = all;
            namesAreOld = false;
            return all;
        } catch (RosterException e) {
            if (!namesAreOld) {
                LOG.warn("The names of services are those last known: {}", e.getMessage());
            }
            namesAreOld = true;
            List<String> known = lastNames;
            return known == null ? List.of() : known;
        }
    }

    /** Returns the names that were found last, null if nobody has asked for them successfully. Never blocks. */
    @Nullable
    List<String> lastNames() {
        return lastNames;
    }

    /** Returns what is known of the services that have been looked up, by name. Never blocks. */
    public Map<String, Watched<ServiceInstances>> followed() {
        return new TreeMap<>(watched);
    }

    /**
     * Fails if the server refuses this application.
     *
     * @throws RosterRejectedException if it does
     */
    void probe() {
        if (client.watch().status().failure() instanceof RosterRejectedException refused) {
            throw refused;
        }
    }

    private Optional<Watched<ServiceInstances>> follow(String service) {
        try {
            return Optional.of(watched.computeIfAbsent(service, name -> client.watch().service(name, onChange)));
        } catch (IllegalArgumentException e) {
            LOG.debug("No service of Roster can be called '{}'", service);
            return Optional.empty();
        }
    }

    // More services than one stream holds: rather a request each time than none found.
    private Optional<ServiceInstances> ask(String service) {
        try {
            return client.registry().find(service);
        } catch (RosterException e) {
            LOG.warn("The instances of {} are not known: {}", service, e.getMessage());
            return Optional.empty();
        }
    }

    private Optional<ServiceInstances> firstAnswer(String service, Watched<ServiceInstances> first) {
        try {
            Optional<ServiceInstances> answer = first.await(lookupTimeout);
            if (first.origin() != Watched.Origin.SERVER) {
                LOG.warn("Roster is away: the instances of {} are {}", service,
                        answer.isPresent() ? "those known when it was last there" : "not known");
            }
            return answer;
        } catch (RosterRejectedException e) {
            LOG.error("Roster refuses to tell the instances of {}: {}", service, e.getMessage());
            return first.current();
        }
    }

    private static List<ServiceInstance> convert(Optional<ServiceInstances> state) {
        return state
                .map(service -> service.instances().stream()
                        .filter(instance -> isCallable(instance, service.protection().active()))
                        .<ServiceInstance>map(RosterServiceInstance::new).toList())
                .orElse(List.of());
    }

    /** As lookups of healthy instances are answered: while too few are, those that are down are among them. */
    private static boolean isCallable(Instance instance, boolean protectedService) {
        return instance.status().isHealthy() || (protectedService && instance.status() == InstanceStatus.DOWN);
    }

    @Override
    public void close() {
        watched.values().forEach(Watched::close);
    }
}
