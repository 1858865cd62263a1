package dev.roster.server.api.wire;

import dev.roster.api.registry.BulkResult;
import dev.roster.api.registry.Check;
import dev.roster.api.registry.CheckStatus;
import dev.roster.api.registry.FlapRules;
import dev.roster.api.registry.GrpcProbe;
import dev.roster.api.registry.HostMaintenance;
import dev.roster.api.registry.HttpProbe;
import dev.roster.api.registry.Instance;
import dev.roster.api.registry.InstanceName;
import dev.roster.api.registry.InstanceOverride;
import dev.roster.api.registry.InstanceStatus;
import dev.roster.api.registry.LoadBalancingTable;
import dev.roster.api.registry.ProbeTls;
import dev.roster.api.registry.Protection;
import dev.roster.api.registry.ServiceDefinition;
import dev.roster.api.registry.ServiceInstances;
import dev.roster.api.registry.ServiceSummary;
import dev.roster.api.registry.StatusSource;
import dev.roster.api.registry.TcpProbe;
import dev.roster.api.registry.WeightedInstance;
import dev.roster.server.registry.CheckMethod;
import dev.roster.server.registry.CheckState;
import dev.roster.server.registry.CheckTls;
import dev.roster.server.registry.DefinedService;
import dev.roster.server.registry.Endpoint;
import dev.roster.server.registry.InstanceKey;
import dev.roster.server.registry.LoadBalancing;
import dev.roster.server.registry.OperatorActions;
import dev.roster.server.registry.OperatorOverride;
import dev.roster.server.registry.RegisteredInstance;
import dev.roster.server.registry.RegisteredService;
import dev.roster.server.registry.Registration;
import dev.roster.server.registry.SelectedService;
import dev.roster.server.registry.ServiceKey;
import dev.roster.server.registry.ServicePage;
import dev.roster.server.registry.Traits;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the registry holds, as records of the API. */
public final class RegistryRecords {
    private RegistryRecords() {}

    /** Returns an instance. */
    public static Instance instance(RegisteredInstance instance) {
        InstanceKey key = instance.key();
        ServiceKey service = key.service();
        Registration registration = instance.registration();
        Endpoint endpoint = registration.endpoint();
        Traits traits = registration.traits();
        return new Instance(service.namespace().value(), service.name().value(), key.id().value(), endpoint.host(),
                endpoint.port(), endpoint.secure(), endpoint.ports(), registration.ttl(), status(instance.status()),
                source(instance.statusSource()), instance.statusSince(), instance.isFlapping(),
                instance.statusChanges(), traits.zone(), traits.cluster(),
                traits.version(), List.copyOf(traits.tags()), instance.weight(), instance.metadata(),
                instance.checks().stream().map(RegistryRecords::check).toList(),
                override(instance.interventions().override()), maintenance(instance.interventions().maintenance()),
                instance.registeredAt(), instance.revision());
    }

    /** Returns a service with its instances. */
    public static ServiceInstances service(RegisteredService service) {
        ServiceKey key = service.key();
        return new ServiceInstances(key.namespace().value(), key.name().value(), service.revision(),
                definition(service.defined()), protection(service.protection(), null),
                service.instances().stream().map(RegistryRecords::instance).toList());
    }

    /**
     * Returns a service with the instances that were asked for.
     *
     * @param expiryHeld whether very many instances of all services fell silent at once and are therefore kept
     */
    public static ServiceInstances selected(SelectedService selected, boolean expiryHeld) {
        RegisteredService service = selected.service();
        ServiceKey key = service.key();
        return new ServiceInstances(key.namespace().value(), key.name().value(), service.revision(),
                definition(service.defined()), protection(selected.protection(), expiryHeld),
                selected.instances().stream().map(RegistryRecords::instance).toList());
    }

    /**
     * Returns where callers are to send how much.
     *
     * @param expiryHeld whether very many instances of all services fell silent at once and are therefore kept
     */
    public static LoadBalancingTable table(dev.roster.server.registry.LoadBalancingTable table, boolean expiryHeld) {
        ServiceKey key = table.service().key();
        return new LoadBalancingTable(key.namespace().value(), key.name().value(), table.service().revision(),
                table.zone(), table.zonePreferred(), protection(table.protection(), expiryHeld), table.changesAt(),
                table.shares().stream().map(RegistryRecords::share).toList());
    }

    private static WeightedInstance share(LoadBalancing.Share share) {
        RegisteredInstance instance = share.instance();
        Endpoint endpoint = instance.registration().endpoint();
        return new WeightedInstance(instance.key().id().value(), endpoint.host(), endpoint.port(), endpoint.secure(),
                endpoint.ports(), status(instance.status()), instance.registration().traits().zone(), share.weight(),
                share.isSlowStart());
    }

    private static Protection protection(dev.roster.server.registry.Protection protection,
            @Nullable Boolean expiryHeld) {
        return new Protection(protection.isActive(), protection.threshold(), protection.healthy(),
                protection.serving(), expiryHeld);
    }

    /** Returns the definition of a service, null if it has none. */
    public static @Nullable ServiceDefinition definition(@Nullable DefinedService service) {
        return service == null ? null : present(service);
    }

    /** Returns the definition of a service. */
    public static ServiceDefinition present(DefinedService service) {
        ServiceKey key = service.key();
        dev.roster.server.registry.ServiceDefinition definition = service.definition();
        return new ServiceDefinition(key.namespace().value(), key.name().value(), definition.protectionThreshold(),
                definition.owner(), definition.persistent(), definition.metadata(), definition.selectors(),
                definition.slowStart(), flapping(definition.flapping()), service.definedBy(), service.definedAt(),
                service.revision());
    }

    private static FlapRules flapping(dev.roster.server.registry.FlapRules rules) {
        return new FlapRules(rules.changes(), rules.window(), rules.quiet());
    }

    /** Returns a service as a list shows it. */
    public static ServiceSummary summary(ServicePage.Entry service) {
        ServiceKey key = service.key();
        return new ServiceSummary(key.namespace().value(), key.name().value(), service.instances(), service.healthy(),
                service.protection().isActive(), service.definition().owner());
    }

    /** Returns the name of an instance. */
    public static InstanceName name(InstanceKey key) {
        ServiceKey service = key.service();
        return new InstanceName(service.namespace().value(), service.name().value(), key.id().value());
    }

    /** Returns what operators have done, or would do. */
    public static BulkResult changes(OperatorActions.Changes changes, boolean preview) {
        return new BulkResult(changes.revision(), preview, changes.changes().stream().map(change -> {
            RegisteredInstance after = change.after();
            return new BulkResult.Change(instance(change.before()), after == null ? null : instance(after));
        }).toList());
    }

    /** Returns the maintenance of a host, null if there is none. */
    public static @Nullable HostMaintenance maintenance(
            dev.roster.server.registry.@Nullable HostMaintenance maintenance) {
        return maintenance == null
                ? null
                : new HostMaintenance(maintenance.host(), maintenance.reason(), maintenance.by(), maintenance.at());
    }

    private static @Nullable InstanceOverride override(@Nullable OperatorOverride override) {
        if (override == null) {
            return null;
        }
        dev.roster.server.registry.InstanceStatus status = override.status();
        return new InstanceOverride(status == null ? null : status(status), override.weight(), override.metadata(),
                override.reason(), override.by(), override.at());
    }

    private static Check check(CheckState state) {
        return switch (state.check().method()) {
            case CheckMethod.Report report -> check(state, report.ttl(), null, null, null, null);
            case CheckMethod.Tcp tcp -> check(state, null, new TcpProbe(tcp.port()), null, null, tcp.schedule());
            case CheckMethod.Http http -> check(state, null, null,
                    new HttpProbe(http.path(), http.port(), tls(http.tls())), null, http.schedule());
            case CheckMethod.Grpc grpc -> check(state, null, null, null,
                    new GrpcProbe(grpc.service(), grpc.port(), tls(grpc.tls())), grpc.schedule());
        };
    }

    private static @Nullable ProbeTls tls(@Nullable CheckTls tls) {
        return tls == null
                ? null
                : switch (tls.trust()) {
                    case CheckTls.SystemAuthorities _ -> new ProbeTls(null, tls.serverName(), true);
                    case CheckTls.Authorities authorities -> new ProbeTls(authorities.pem(), tls.serverName(), true);
                    case CheckTls.Nobody _ -> new ProbeTls(null, tls.serverName(), false);
                };
    }

    private static Check check(CheckState state, @Nullable Duration ttl, @Nullable TcpProbe tcp,
            @Nullable HttpProbe http, @Nullable GrpcProbe grpc, CheckMethod.@Nullable Schedule schedule) {
        CheckStatus status = switch (state.status()) {
            case PASSING -> CheckStatus.PASSING;
            case WARNING -> CheckStatus.WARNING;
            case CRITICAL -> CheckStatus.CRITICAL;
        };
        String id = state.check().id().value();
        Duration deregisterAfter = state.check().deregisterAfter();
        return schedule == null
                ? new Check(id, ttl, tcp, http, grpc, null, null, null, null, deregisterAfter, status, state.output(),
                        state.since())
                : new Check(id, ttl, tcp, http, grpc, schedule.interval(), schedule.timeout(), schedule.successes(),
                        schedule.failures(), deregisterAfter, status, state.output(), state.since());
    }

    private static InstanceStatus status(dev.roster.server.registry.InstanceStatus status) {
        return switch (status) {
            case UP -> InstanceStatus.UP;
            case WARNING -> InstanceStatus.WARNING;
            case STARTING -> InstanceStatus.STARTING;
            case DRAINING -> InstanceStatus.DRAINING;
            case OUT_OF_SERVICE -> InstanceStatus.OUT_OF_SERVICE;
            case DOWN -> InstanceStatus.DOWN;
        };
    }

    private static StatusSource source(dev.roster.server.registry.StatusSource source) {
        return switch (source) {
            case REGISTERED -> StatusSource.REGISTERED;
            case CHECKED -> StatusSource.CHECKED;
            case OVERRIDDEN -> StatusSource.OVERRIDDEN;
            case MAINTENANCE -> StatusSource.MAINTENANCE;
            case FLAPPING -> StatusSource.FLAPPING;
        };
    }
}
