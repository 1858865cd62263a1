package dev.roster.spring.client;

import dev.roster.api.Page;
import dev.roster.api.Problem;
import dev.roster.api.cluster.ClusterStatus;
import dev.roster.api.cluster.LeaseStatus;
import dev.roster.api.cluster.MemberRequest;
import dev.roster.api.cluster.RestoreResult;
import dev.roster.api.config.AdoptedVersion;
import dev.roster.api.config.BindingError;
import dev.roster.api.config.ChangeSet;
import dev.roster.api.config.ChangeSetActionRequest;
import dev.roster.api.config.ChangeSetDraft;
import dev.roster.api.config.ChangeSetRequest;
import dev.roster.api.config.ChangeSetSummary;
import dev.roster.api.config.ChangeSetVerdict;
import dev.roster.api.config.ChangedConfig;
import dev.roster.api.config.ConfigAdoption;
import dev.roster.api.config.ConfigChangeRequest;
import dev.roster.api.config.ConfigChanges;
import dev.roster.api.config.ConfigChangesRequest;
import dev.roster.api.config.ConfigCheck;
import dev.roster.api.config.ConfigClient;
import dev.roster.api.config.ConfigComparison;
import dev.roster.api.config.ConfigCopyRequest;
import dev.roster.api.config.ConfigDetails;
import dev.roster.api.config.ConfigDetailsRequest;
import dev.roster.api.config.ConfigDifference;
import dev.roster.api.config.ConfigFinding;
import dev.roster.api.config.ConfigHistoryPolicy;
import dev.roster.api.config.ConfigHistoryPolicyRequest;
import dev.roster.api.config.ConfigHit;
import dev.roster.api.config.ConfigImportItem;
import dev.roster.api.config.ConfigImportReport;
import dev.roster.api.config.ConfigImportRun;
import dev.roster.api.config.ConfigItem;
import dev.roster.api.config.ConfigMetadata;
import dev.roster.api.config.ConfigSchema;
import dev.roster.api.config.ConfigSchemaRequest;
import dev.roster.api.config.ConfigSummary;
import dev.roster.api.config.ConfigVersion;
import dev.roster.api.config.DeliveryReportRequest;
import dev.roster.api.config.DraftRequest;
import dev.roster.api.config.EffectiveConfig;
import dev.roster.api.config.EffectiveItem;
import dev.roster.api.config.EffectiveProperty;
import dev.roster.api.config.GrayActionRequest;
import dev.roster.api.config.GrayEvent;
import dev.roster.api.config.GrayRelease;
import dev.roster.api.config.GrayReleaseRequest;
import dev.roster.api.config.GrayStep;
import dev.roster.api.config.ItemDeliveryRequest;
import dev.roster.api.config.MasterKeyRotation;
import dev.roster.api.config.PendingClient;
import dev.roster.api.config.PropertyOrigin;
import dev.roster.api.config.PublishRequest;
import dev.roster.api.config.PublishRules;
import dev.roster.api.config.PublishRulesRequest;
import dev.roster.api.config.PublishedDraft;
import dev.roster.api.config.RollbackRequest;
import dev.roster.api.config.SecretKey;
import dev.roster.api.config.SecretKeys;
import dev.roster.api.config.SecretRotation;
import dev.roster.api.config.UndeleteRequest;
import dev.roster.api.coordination.ArrivalRequest;
import dev.roster.api.coordination.Barrier;
import dev.roster.api.coordination.BarrierArrival;
import dev.roster.api.coordination.BarrierState;
import dev.roster.api.coordination.Claim;
import dev.roster.api.coordination.ClaimQueue;
import dev.roster.api.coordination.ClaimRequest;
import dev.roster.api.coordination.ClaimSummary;
import dev.roster.api.coordination.CoordinationSession;
import dev.roster.api.coordination.Counter;
import dev.roster.api.coordination.CounterAddRequest;
import dev.roster.api.coordination.CounterRequest;
import dev.roster.api.coordination.LimitRequest;
import dev.roster.api.coordination.PermitRequest;
import dev.roster.api.coordination.QueueItem;
import dev.roster.api.coordination.QueueOfferRequest;
import dev.roster.api.coordination.QueueState;
import dev.roster.api.coordination.QueueTakeRequest;
import dev.roster.api.coordination.QueueTaken;
import dev.roster.api.coordination.SessionRequest;
import dev.roster.api.coordination.ValueRequest;
import dev.roster.api.registry.BulkRequest;
import dev.roster.api.registry.BulkResult;
import dev.roster.api.registry.Check;
import dev.roster.api.registry.CheckRegistration;
import dev.roster.api.registry.CheckReportRequest;
import dev.roster.api.registry.DrainResult;
import dev.roster.api.registry.FlapRules;
import dev.roster.api.registry.GrpcProbe;
import dev.roster.api.registry.HeartbeatRequest;
import dev.roster.api.registry.HeartbeatResult;
import dev.roster.api.registry.HostMaintenance;
import dev.roster.api.registry.HttpProbe;
import dev.roster.api.registry.Instance;
import dev.roster.api.registry.InstanceName;
import dev.roster.api.registry.InstanceOverride;
import dev.roster.api.registry.InstanceRegistration;
import dev.roster.api.registry.LoadBalancingTable;
import dev.roster.api.registry.MaintenanceRequest;
import dev.roster.api.registry.OverrideRequest;
import dev.roster.api.registry.ProbeTls;
import dev.roster.api.registry.Protection;
import dev.roster.api.registry.ServiceDefinition;
import dev.roster.api.registry.ServiceDefinitionRequest;
import dev.roster.api.registry.ServiceInstances;
import dev.roster.api.registry.ServiceSubscribers;
import dev.roster.api.registry.ServiceSummary;
import dev.roster.api.registry.StatusRequest;
import dev.roster.api.registry.Subscriber;
import dev.roster.api.registry.TcpProbe;
import dev.roster.api.registry.WeightedInstance;
import dev.roster.api.security.AuditRecord;
import dev.roster.api.security.AuditRecordChange;
import dev.roster.api.security.AuditVerification;
import dev.roster.api.security.Identity;
import dev.roster.api.security.IssuedToken;
import dev.roster.api.security.Token;
import dev.roster.api.security.TokenRequest;
import dev.roster.api.security.User;
import dev.roster.api.security.UserRequest;
import dev.roster.api.watch.AcknowledgementRequest;
import dev.roster.api.watch.ConfigState;
import dev.roster.api.watch.WatchChange;
import dev.roster.api.watch.WatchProgress;
import dev.roster.api.watch.WatchRequest;
import dev.roster.api.watch.WatchSnapshot;
import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.BindingReflectionHintsRegistrar;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.util.ClassUtils;

/** Tells a native image which records the client reads and writes by reflection. */
final class RosterRuntimeHints implements RuntimeHintsRegistrar {
    /** What the client's file of last good answers holds; not for others to use. */
    private static final String LAST_GOOD = "dev.roster.client.LastGoodFile.Content";

    private static final Class<?>[] WIRE = {MasterKeyRotation.class, SecretRotation.class, SecretKeys.class,
            SecretKey.class, AuditRecordChange.class, AuditVerification.class, AuditRecord.class, Page.class,
            Problem.class, ClusterStatus.class, LeaseStatus.class,
            MemberRequest.class, RestoreResult.class, AdoptedVersion.class, BindingError.class, ChangeSet.class,
            ChangeSetActionRequest.class, ChangeSetDraft.class, ChangeSetRequest.class, ChangeSetSummary.class,
            ChangeSetVerdict.class, ChangedConfig.class, ConfigAdoption.class, ConfigChangeRequest.class,
            ConfigChanges.class, ConfigChangesRequest.class, ConfigCheck.class, ConfigClient.class,
            ConfigComparison.class, ConfigCopyRequest.class, ConfigDetails.class, ConfigDetailsRequest.class,
            ConfigDifference.class, ConfigFinding.class, ConfigHistoryPolicy.class, ConfigHistoryPolicyRequest.class,
            ConfigHit.class, ConfigImportItem.class, ConfigImportReport.class, ConfigImportRun.class, ConfigItem.class,
            ConfigMetadata.class, ConfigSchema.class, ConfigSchemaRequest.class, ConfigSummary.class,
            ConfigVersion.class, DeliveryReportRequest.class,
            DraftRequest.class, EffectiveConfig.class, EffectiveItem.class, EffectiveProperty.class,
            GrayActionRequest.class, GrayEvent.class, GrayRelease.class, GrayReleaseRequest.class, GrayStep.class,
            ItemDeliveryRequest.class, PendingClient.class, PropertyOrigin.class, PublishRequest.class,
            PublishRules.class, PublishRulesRequest.class, PublishedDraft.class, RollbackRequest.class,
            UndeleteRequest.class, Claim.class, Counter.class, CounterAddRequest.class, CounterRequest.class,
            QueueItem.class, QueueOfferRequest.class, QueueState.class, QueueTakeRequest.class, QueueTaken.class,
            ArrivalRequest.class, Barrier.class, BarrierArrival.class, BarrierState.class,
            ClaimQueue.class, ClaimRequest.class, ClaimSummary.class, CoordinationSession.class, LimitRequest.class,
            PermitRequest.class, SessionRequest.class, ValueRequest.class, BulkRequest.class, BulkResult.class,
            Check.class, CheckRegistration.class,
            CheckReportRequest.class, DrainResult.class, FlapRules.class, GrpcProbe.class, HeartbeatRequest.class,
            HeartbeatResult.class, HostMaintenance.class, HttpProbe.class, Instance.class, InstanceName.class,
            InstanceOverride.class, InstanceRegistration.class, LoadBalancingTable.class, MaintenanceRequest.class,
            OverrideRequest.class, ProbeTls.class, Protection.class, ServiceDefinition.class,
            ServiceDefinitionRequest.class, ServiceInstances.class, ServiceSubscribers.class, ServiceSummary.class,
            StatusRequest.class, Subscriber.class, TcpProbe.class, WeightedInstance.class,
            Identity.class, IssuedToken.class, Token.class, TokenRequest.class, User.class, UserRequest.class,
            AcknowledgementRequest.class, ConfigState.class, WatchChange.class, WatchProgress.class, WatchRequest.class,
            WatchSnapshot.class};

    private final BindingReflectionHintsRegistrar binding = new BindingReflectionHintsRegistrar();

    @Override
    public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
        binding.registerReflectionHints(hints.reflection(), WIRE);
        binding.registerReflectionHints(hints.reflection(), ClassUtils.resolveClassName(LAST_GOOD, classLoader));
    }
}
