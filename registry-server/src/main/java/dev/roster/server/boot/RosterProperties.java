package dev.roster.server.boot;

import dev.roster.server.registry.RegistryRules;
import dev.roster.server.registry.check.AddressPolicy;
import dev.roster.server.registry.check.CallPolicy;
import dev.roster.server.store.raft.AtomixReplicator;
import dev.roster.server.store.raft.MemberAddress;
import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of the server.
 *
 * @param dataDir Directory that holds everything this member keeps: log, snapshots, identity. Made when it does not exist.
 * @param security Access to the API and the console.
 * @param cluster This member and the others.
 * @param watch Streams by which clients follow changes.
 * @param lease How leases end, by which instances live.
 * @param check Health checks that members make.
 * @param secrets Master key that protects secrets of configuration.
 * @param audit How long the audit log is kept.
 * @param registry Services and instances.
 * @param store What the store holds.
 * @param caller What one user at one address may have of this member.
 */
@Validated
@ConfigurationProperties("roster")
public record RosterProperties(@DefaultValue("./data") @NotNull Path dataDir, @DefaultValue @Valid Security security,
        @DefaultValue @Valid Cluster cluster, @DefaultValue @Valid Watch watch,
        @DefaultValue @Valid Lease lease, @DefaultValue @Valid Check check, @DefaultValue @Valid Secrets secrets,
        @DefaultValue @Valid Audit audit, @DefaultValue @Valid Registry registry, @DefaultValue @Valid Store store,
        @DefaultValue @Valid Caller caller) {

    /**
     * Master key that protects secrets of configuration.
     *
     * @param masterKey Master key, where there are no files. Several are parted by commas, the one that wraps first.
     * @param masterKeyFile File with the master key, the same on all members. Further lines are older keys, which only
     *     unwrap. Read again whenever it is needed. Excludes {@code master-key}.
     */
    public record Secrets(@Nullable Path masterKeyFile, @Nullable Secret masterKey) {}

    /**
     * How long the audit log is kept.
     *
     * @param maxEntries Most entries that are kept.
     * @param maxAge How old the entries that are kept may be.
     */
    public record Audit(@DefaultValue("50000") @Min(100) @Max(1000000) int maxEntries,
            @DefaultValue("400d") @DurationMin(hours = 1) Duration maxAge) {}

    /**
     * Access to the API and the console.
     *
     * @param enabled Whether callers must show credentials. Without, everybody is an admin and the server listens on
     *     loopback only.
     * @param adminPasswordFile File whose first line becomes the password of the first admin, such as a mounted secret.
     *     Without, a random one is written to the data directory.
     */
    public record Security(@DefaultValue("true") boolean enabled, @Nullable Path adminPasswordFile) {}

    /**
     * This member and the others.
     *
     * @param member Name of this member, unique in the cluster and the same for its whole life.
     * @param members All members, this one included, each as {@code name=host:port}. Without, the member is on its own.
     * @param membersFrom Where the members are looked up at the first start, instead of a list of them:
     *     {@code dns-srv:} and the name of SRV records, such as {@code dns-srv:_roster._tcp.example.org}.
     * @param expectedMembers How many members have to be found before this one starts.
     * @param bindAddress Address on which this member listens for the others. Beyond loopback TLS is needed.
     * @param port Port on which this member listens for the others.
     * @param electionTimeout How long this member waits for its leader before it stands for election. Waits up to twice as
     *     long, at random.
     * @param heartbeatInterval How often this member speaks to the others while it leads and has nothing to say.
     * @param commandTimeout How long a write may wait for its outcome before the caller is told that it is unknown.
     * @param joinToken Token by which members know each other, where there are no files. Excludes {@code join-token-file}.
     * @param joinTokenFile File with the token by which members know each other, the same on all of them. Excludes
     *     certificates of your own.
     * @param tls Certificates of your own for the members, instead of a token.
     */
    public record Cluster(
            @DefaultValue("member-1") @Pattern(regexp = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?", message = "must be 1 to 63 lower-case letters, digits and hyphens, beginning and ending with a letter or a digit") String member,
            @DefaultValue List<MemberAddress> members, @Nullable MemberSource membersFrom,
            @Min(2) @Nullable Integer expectedMembers, @DefaultValue("127.0.0.1") InetAddress bindAddress,
            @DefaultValue("7401") @Min(1) @Max(65535) int port, @DefaultValue("1s") @NotNull Duration electionTimeout,
            @DefaultValue("200ms") @NotNull Duration heartbeatInterval,
            @DefaultValue("8s") @NotNull Duration commandTimeout, @Nullable Secret joinToken,
            @Nullable Path joinTokenFile, @Valid @Nullable Tls tls) {
        public Cluster {
            members = List.copyOf(members);
        }

        /** Returns the members that are named here: this one alone when no others are. */
        List<MemberAddress> namedMembers() {
            return members.isEmpty() ? List.of(new MemberAddress(member, bindAddress.getHostAddress(), port)) : members;
        }

        /** Tells whether there are no other members. */
        public boolean isStandalone() {
            return members.isEmpty() && membersFrom == null;
        }
    }

    /**
     * Streams by which clients follow changes.
     *
     * @param maxStreams Most streams of this member at once; further ones are refused with status 503.
     * @param maxPendingEvents Most events that wait for one reader. A reader that is further behind is cut off.
     * @param maxPendingSize Most data that waits for one reader. A reader that is further behind is cut off.
     * @param maxSnapshotSize Largest first answer of a stream.
     * @param progressInterval How often an idle stream says how far it is.
     * @param maxSpread Longest time over which clients are told of a change of configuration when there are more than 1,000;
     *     0 tells all of them at once.
     * @param maxLifetime After which a stream ends and the client has to show its credentials again.
     */
    public record Watch(@DefaultValue("10000") @Min(1) int maxStreams,
            @DefaultValue("256") @Min(1) int maxPendingEvents, @DefaultValue("4MB") DataSize maxPendingSize,
            @DefaultValue("32MB") DataSize maxSnapshotSize,
            @DefaultValue("8s") @DurationMin(millis = 100) @DurationMax(seconds = 10) Duration progressInterval,
            @DefaultValue("2s") @DurationMin(seconds = 0) @DurationMax(minutes = 1) Duration maxSpread,
            @DefaultValue("1h") @DurationMin(seconds = 10) Duration maxLifetime) {}

    /**
     * How leases end, by which instances live.
     *
     * @param holdBack When so many leases are overdue that their end is held back.
     */
    public record Lease(@DefaultValue @Valid HoldBack holdBack) {}

    /**
     * When so many leases are overdue that their end is held back.
     *
     * @param enabled Whether the end of leases is ever held back.
     * @param threshold Share of all leases that may end within the window, above 0 and at most 1.
     * @param minimum Number of leases that may end within the window whatever their share.
     * @param window How long back ends are counted together.
     * @param maxHold After which leases that are held back end all the same.
     */
    public record HoldBack(@DefaultValue("true") boolean enabled,
            @DefaultValue("0.15") @DecimalMin(value = "0", inclusive = false) @DecimalMax("1") double threshold,
            @DefaultValue("100") @Min(1) int minimum,
            @DefaultValue("10s") @DurationMin(seconds = 1) @DurationMax(minutes = 10) Duration window,
            @DefaultValue("10m") @DurationMin(seconds = 1) Duration maxHold) {}

    /**
     * Health checks that members make.
     *
     * @param allowedAddresses Ranges of addresses that may be called although they are not by default, such as
     *     {@code 127.0.0.0/8}.
     * @param deniedAddresses Ranges of addresses that are never called, besides those that are not by default.
     * @param allowUnverifiedTls Whether a check may ask members to speak TLS without verifying the certificate.
     */
    public record Check(@DefaultValue List<String> allowedAddresses, @DefaultValue List<String> deniedAddresses,
            @DefaultValue("false") boolean allowUnverifiedTls) {
        public Check {
            allowedAddresses = List.copyOf(allowedAddresses);
            deniedAddresses = List.copyOf(deniedAddresses);
            var _ = new AddressPolicy(deniedAddresses, allowedAddresses);
        }

        /** Returns what may be called, and how. */
        CallPolicy policy() {
            return new CallPolicy(new AddressPolicy(deniedAddresses, allowedAddresses), allowUnverifiedTls);
        }
    }

    /**
     * What one user at one address may have of this member.
     *
     * @param maxRequests Most requests at once, those that wait for a change included; further ones are refused with
     *     status 429.
     * @param maxStreams Most watch streams at once; further ones are refused with status 429.
     */
    public record Caller(@DefaultValue("1024") @Min(1) int maxRequests,
            @DefaultValue("2000") @Min(1) int maxStreams) {}

    /**
     * What the store holds.
     *
     * @param maxSize Most that keys, values and leases may take, {@code 1MB} to {@code 1536MB}. New data is refused with status
     *     503 beyond; deletions go on.
     */
    public record Store(@DefaultValue("1GB") DataSize maxSize) {
        public Store {
            if (maxSize.toBytes() < AtomixReplicator.MIN_STATE_BYTES
                    || maxSize.toBytes() > AtomixReplicator.MAX_STATE_BYTES) {
                throw new IllegalArgumentException("max-size is " + maxSize + ", expected 1MB to 1536MB");
            }
        }
    }

    /**
     * Services and instances.
     *
     * @param maxInstancesPerNamespace Most instances of a namespace; further ones are refused with status 409.
     * @param keepEmptyServices How long a service that is defined, and not persistent, stays without an instance.
     */
    public record Registry(
            @DefaultValue("200000") @Min(1) int maxInstancesPerNamespace,
            @DefaultValue("3d") @DurationMin(seconds = 1) Duration keepEmptyServices) {

        /** Returns what instances may ask for. */
        RegistryRules rules(Check check) {
            return new RegistryRules(maxInstancesPerNamespace, check.allowUnverifiedTls());
        }
    }

    /**
     * Certificates of your own for the members, instead of a token.
     *
     * @param certificate Certificate of this member with its chain, PEM.
     * @param privateKey Private key of the certificate, PEM (PKCS #8), not encrypted.
     * @param ca Certificates of the authorities that members trust, PEM.
     */
    public record Tls(@NotNull Path certificate, @NotNull Path privateKey, @NotNull Path ca) {}
}
