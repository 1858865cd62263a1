package dev.roster.spring.actuator;

import dev.roster.client.AddressStatus;
import dev.roster.client.InstanceKeeper;
import dev.roster.client.RosterClient;
import dev.roster.client.WatchStatus;
import dev.roster.client.Watched;
import dev.roster.spring.config.RosterConfigSource;
import dev.roster.spring.discovery.ServiceView;
import dev.roster.spring.registration.RegistrationState;
import dev.roster.spring.registration.RosterRegistration;
import dev.roster.spring.registration.RosterServiceRegistry;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;

/**
 * How the application stands with Roster: {@code GET /actuator/roster}. Tells what is known, asks nobody, and never shows
 * values of the configuration or credentials.
 */
@Endpoint(id = "roster")
public final class RosterEndpoint {
    private final RosterClient client;
    private final @Nullable RosterServiceRegistry registry;
    private final @Nullable ServiceView view;
    private final @Nullable RosterConfigSource source;

    RosterEndpoint(RosterClient client, @Nullable RosterServiceRegistry registry, @Nullable ServiceView view,
            @Nullable RosterConfigSource source) {
        this.client = client;
        this.registry = registry;
        this.view = view;
        this.source = source;
    }

    /**
     * How the application stands with Roster.
     *
     * @param namespace namespace of the application
     * @param servers addresses of Roster, in the order in which they are tried
     * @param stream the stream of changes
     * @param registrations what the application registers, in no order
     * @param services the services that have been looked up, by name
     * @param configuration the items that the application imports, by name
     */
    public record Descriptor(String namespace, List<AddressStatus> servers, Stream stream,
            List<Registered> registrations, List<Service> services, List<Item> configuration) {}

    /**
     * The stream of changes.
     *
     * @param connected whether changes are heard
     * @param address the member that tells them, null if none does
     * @param revision the store revision up to which everything is known
     * @param since when {@code connected} became what it is
     * @param failure why no changes are heard, null if they are or nothing is followed
     */
    public record Stream(boolean connected, @Nullable URI address, long revision, Instant since,
            @Nullable String failure) {}

    /**
     * An instance that the application registers.
     *
     * @param service name of the service
     * @param id id of the instance
     * @param uri where others reach it
     * @param status {@code UP}, {@code DOWN} or {@code OUT_OF_SERVICE} while it is kept away, {@code UNKNOWN} while not confirmed
     * @param metadata what the instance tells of itself
     * @param failure why the last attempt to keep it registered failed, null if it did not
     */
    public record Registered(String service, String id, URI uri, String status, Map<String, String> metadata,
            @Nullable String failure) {}

    /**
     * A service that has been looked up.
     *
     * @param name name of the service
     * @param instances how many instances are known
     * @param origin {@code server}, {@code last-good} for what an earlier run has left on disk, or {@code none}
     */
    public record Service(String name, int instances, String origin) {}

    /**
     * An item that the application imports.
     *
     * @param namespace namespace of the item
     * @param name name of the item
     * @param origin {@code server}, {@code last-good} for what an earlier run has left on disk, or {@code none}
     * @param applied version that the application runs with, 0 for none
     * @param current version that Roster told last, 0 for none
     * @param rejected version that the application could not take in, null if the last one could
     * @param reason why it could not
     */
    public record Item(String namespace, String name, String origin, long applied, long current,
            @Nullable Long rejected, @Nullable String reason) {}

    /** Returns how the application stands with Roster. */
    @ReadOperation
    public Descriptor roster() {
        WatchStatus stream = client.watch().status();
        return new Descriptor(client.namespace(), client.addresses(),
                new Stream(stream.connected(), stream.address(), stream.revision(), stream.since(),
                        message(stream.failure())),
                registry == null ? List.of() : registry.states().stream().map(RosterEndpoint::registered).toList(),
                view == null
                        ? List.of()
                        : view.followed().entrySet().stream()
                                .map(entry -> new Service(entry.getKey(),
                                        entry.getValue().current().map(state -> state.instances().size()).orElse(0),
                                        name(entry.getValue().origin())))
                                .toList(),
                source == null ? List.of() : source.reports().stream().map(RosterEndpoint::item).toList());
    }

    private static Registered registered(RegistrationState state) {
        RosterRegistration registration = state.registration();
        InstanceKeeper keeper = state.keeper();
        return new Registered(registration.getServiceId(), registration.getInstanceId(), registration.getUri(),
                state.status(), registration.getMetadata(), keeper == null ? null : message(keeper.failure()));
    }

    private static Item item(RosterConfigSource.Report report) {
        return new Item(report.item().namespace(), report.item().name(), name(report.origin()), report.applied(),
                report.current(), report.rejected(), report.reason());
    }

    private static String name(Watched.Origin origin) {
        return origin.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static @Nullable String message(@Nullable Exception failure) {
        return failure == null ? null : failure.getMessage();
    }
}
