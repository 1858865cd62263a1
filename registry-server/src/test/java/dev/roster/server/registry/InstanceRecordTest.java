package dev.roster.server.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roster.server.security.NamespaceName;
import dev.roster.server.store.CorruptStateException;
import dev.roster.server.store.Key;
import dev.roster.server.store.KeyValue;
import dev.roster.server.store.LeaseId;
import dev.roster.server.store.Revision;
import dev.roster.server.store.Value;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Guards the bytes that are in the stores of others. */
class InstanceRecordTest {
    private static final InstanceKey KEY = new InstanceKey(
            new ServiceKey(NamespaceName.DEFAULT, new ServiceName("orders")), new InstanceId("host:8080"));
    private static final Registration PLAIN = new Registration("10.0.0.7", 8080, true, Duration.ofMillis(1500),
            "zone-a", Map.of("b", "2", "a", "1"));
    private static final CheckMethod.Schedule SCHEDULE = new CheckMethod.Schedule(Duration.ofSeconds(10),
            Duration.ofMillis(1500), 1, 3);
    private static final Registration FULL = new Registration(
            new Endpoint("10.0.0.7", 8080, true, Map.of("management", 9090, "grpc", 65535)), Duration.ofMillis(1500),
            InstanceStatus.STARTING, new Traits("zone-a", "blue", "1.2", List.of("b", "a", "b"), 0.5,
                    Map.of("b", "2", "a", "1")),
            List.of(new Check(new CheckId("alive"), new CheckMethod.Report(Duration.ofSeconds(15)), CheckStatus.PASSING,
                    Duration.ofMinutes(5)),
                    new Check(new CheckId("port"), new CheckMethod.Tcp(null, SCHEDULE), CheckStatus.CRITICAL, null),
                    new Check(new CheckId("web"), new CheckMethod.Http("/health", 9090, null, SCHEDULE),
                            CheckStatus.CRITICAL,
                            null)));
    private static final Instant TIME = Instant.parse("2026-01-31T12:00:00.000000001Z");
    private static final Instant LATER = TIME.plusSeconds(60);

    @Test
    void keepsTheFormOfKeys() {
        assertThat(RegistryKeys.of(KEY).utf8()).isEqualTo("registry/default/orders!host:8080");
        assertThat(RegistryKeys.read(RegistryKeys.of(KEY))).isEqualTo(KEY);
    }

    @Test
    void readsVersion1() {
        String golden = "010831302e302e302e37a07e010280cab5ee0101067a6f6e652d6102016101310162013280bbef970d01";

        assertThat(InstanceRecord.read(stored(HexFormat.of().parseHex(golden))))
                .isEqualTo(instance(PLAIN, TIME, TIME));
    }

    @Test
    void keepsTheBytesOfVersion2AsLongAsThatSaysItAll() {
        String golden = "020831302e302e302e37a07e01020467727063feff070a6d616e6167656d656e74848e01010280cab5ee"
                + "01085354415254494e4701067a6f6e652d610104626c75650103312e3202016101623fe0000000000000"
                + "0201610131016201320305616c697665001e000750415353494e4701d80400075741524e494e47096861"
                + "6c662066756c6cf8bbef970d0104706f7274010014000280cab5ee01020608435249544943414c000757"
                + "41524e494e470968616c662066756c6cf8bbef970d010377656202072f6865616c746801848e01140002"
                + "80cab5ee01020608435249544943414c00075741524e494e470968616c662066756c6cf8bbef970d0101"
                + "0108445241494e494e47013fd0000000000000010161013904736c6f7703616e6ef8bbef970d01010831"
                + "302e302e302e37046469736b03626f6280bbef970d0180bbef970d01f8bbef970d01";
        RegisteredInstance steady = with(instance(FULL, TIME, LATER), LATER, Stability.STEADY);

        assertThat(HexFormat.of().formatHex(InstanceRecord.write(steady).toBytes())).isEqualTo(golden);
        assertThat(InstanceRecord.read(stored(HexFormat.of().parseHex(golden)))).isEqualTo(steady);
    }

    @Test
    void keepsTheBytesOfVersion3() {
        String golden = "030831302e302e302e37a07e01020467727063feff070a6d616e6167656d656e74848e01010280cab5ee"
                + "01085354415254494e4701067a6f6e652d610104626c75650103312e3202016101623fe0000000000000"
                + "0201610131016201320305616c697665001e000750415353494e4701d80400075741524e494e47096861"
                + "6c662066756c6cf8bbef970d0104706f7274010014000280cab5ee01020608435249544943414c000757"
                + "41524e494e470968616c662066756c6cf8bbef970d010377656202072f6865616c746801848e01140002"
                + "80cab5ee01020608435249544943414c00075741524e494e470968616c662066756c6cf8bbef970d0101"
                + "0108445241494e494e47013fd0000000000000010161013904736c6f7703616e6ef8bbef970d01010831"
                + "302e302e302e37046469736b03626f6280bbef970d0180bbef970d01f8bbef970d01"
                + "80bbef970d010102fabbef970d01f8bbef970d01";

        assertThat(HexFormat.of().formatHex(InstanceRecord.write(instance(FULL, TIME, LATER)).toBytes()))
                .isEqualTo(golden);
        assertThat(InstanceRecord.read(stored(HexFormat.of().parseHex(golden)))).isEqualTo(instance(FULL, TIME, LATER));
    }

    @Test
    void keepsWhatOnlyVersion3Says() {
        RegisteredInstance plain = instance(PLAIN, TIME, LATER);
        RegisteredInstance healthyEarlier = with(plain, TIME, Stability.STEADY);
        RegisteredInstance turned = with(plain, LATER, new Stability(List.of(LATER), false));

        for (RegisteredInstance instance : List.of(healthyEarlier, turned)) {
            assertThat(InstanceRecord.read(stored(InstanceRecord.write(instance).toBytes()))).isEqualTo(instance);
        }
    }

    @Test
    void keepsWhatIsAbsent() {
        Registration persistent = new Registration(new Endpoint("h", 1, false, Map.of()), null, InstanceStatus.UP,
                Traits.NONE, List.of());

        assertThat(InstanceRecord.read(stored(InstanceRecord.write(instance(persistent, TIME, TIME)).toBytes()))
                .registration())
                .isEqualTo(persistent);
    }

    @Test
    void keepsTheBytesOfChecksByTls() {
        String golden = "03016802000000025550000000003ff000000000000000040161030101016e012f01f60614000280cab5"
                + "ee01020608435249544943414c00075741524e494e470968616c662066756c6cf8bbef970d0101620402"
                + "1b2d2d2d2d2d424547494e2043455254494649434154452d2d2d2d2d00066f72646572730014000280ca"
                + "b5ee01020608435249544943414c00075741524e494e470968616c662066756c6cf8bbef970d01016304"
                + "00000014000280cab5ee01020608435249544943414c00075741524e494e470968616c662066756c6cf8"
                + "bbef970d010164030300012f0014000280cab5ee01020608435249544943414c00075741524e494e4709"
                + "68616c662066756c6cf8bbef970d01010108445241494e494e47013fd000000000000001016101390473"
                + "6c6f7703616e6ef8bbef970d01010831302e302e302e37046469736b03626f6280bbef970d0180bbef97"
                + "0d01f8bbef970d0180bbef970d010102fabbef970d01f8bbef970d01";
        Registration secured = new Registration(new Endpoint("h", 1, false, Map.of()), null, InstanceStatus.UP,
                Traits.NONE,
                List.of(check("a", new CheckMethod.Http("/", 443, new CheckTls(new CheckTls.SystemAuthorities(), "n"),
                        SCHEDULE)),
                        check("b", new CheckMethod.Grpc("orders", null,
                                new CheckTls(new CheckTls.Authorities("-----BEGIN CERTIFICATE-----"), null), SCHEDULE)),
                        check("c", new CheckMethod.Grpc("", null, null, SCHEDULE)),
                        check("d", new CheckMethod.Http("/", null, new CheckTls(new CheckTls.Nobody(), null),
                                SCHEDULE))));

        assertThat(HexFormat.of().formatHex(InstanceRecord.write(instance(secured, TIME, LATER)).toBytes()))
                .isEqualTo(golden);
        assertThat(InstanceRecord.read(stored(HexFormat.of().parseHex(golden))))
                .isEqualTo(instance(secured, TIME, LATER));
    }

    @Test
    void says3OfChecksThatEarlierMembersCannotRead() {
        for (CheckMethod method : List.of(
                new CheckMethod.Http("/", 443, new CheckTls(new CheckTls.SystemAuthorities(), null), SCHEDULE),
                new CheckMethod.Grpc("", null, null, SCHEDULE))) {
            Registration registration = new Registration(new Endpoint("h", 1, false, Map.of()), null, InstanceStatus.UP,
                    Traits.NONE, List.of(check("a", method)));
            RegisteredInstance steady = with(instance(registration, TIME, LATER), LATER, Stability.STEADY);

            assertThat(InstanceRecord.write(steady).toBytes()).startsWith(3);
            assertThat(InstanceRecord.read(stored(InstanceRecord.write(steady).toBytes()))).isEqualTo(steady);
        }
    }

    private static Check check(String id, CheckMethod method) {
        return new Check(new CheckId(id), method, CheckStatus.CRITICAL, null);
    }

    @Test
    void refusesDamagedRecords() {
        byte[] sound = InstanceRecord.write(instance(FULL, TIME, LATER)).toBytes();

        for (int length = 0; length < sound.length; length++) {
            byte[] cut = Arrays.copyOf(sound, length);
            assertThatThrownBy(() -> InstanceRecord.read(stored(cut))).isInstanceOf(CorruptStateException.class);
        }
        assertThatThrownBy(() -> InstanceRecord.read(stored(Arrays.copyOf(sound, sound.length + 1))))
                .isInstanceOf(CorruptStateException.class);
        byte[] newer = sound.clone();
        newer[0] = 4;
        assertThatThrownBy(() -> InstanceRecord.read(stored(newer))).isInstanceOf(CorruptStateException.class);
        byte[] senseless = sound.clone();
        senseless[2] = '/';
        assertThatThrownBy(() -> InstanceRecord.read(stored(senseless))).isInstanceOf(CorruptStateException.class)
                .hasMessageContaining("host");
    }

    private static RegisteredInstance instance(Registration registration, Instant registeredAt, Instant statusSince) {
        List<CheckState> checks = registration.checks().stream()
                .map(check -> new CheckState(check, CheckStatus.WARNING, "half full", LATER)).toList();
        Interventions interventions = registration.checks().isEmpty()
                ? Interventions.NONE
                : new Interventions(
                        new OperatorOverride(InstanceStatus.DRAINING, 0.25, Map.of("a", "9"), "slow", "ann", LATER),
                        new HostMaintenance("10.0.0.7", "disk", "bob", TIME));
        RegisteredInstance plain = new RegisteredInstance(KEY, registration, checks, interventions, registeredAt,
                statusSince, statusSince, Stability.STEADY, 5);
        return registration.checks().isEmpty()
                ? plain
                : with(plain, TIME, new Stability(List.of(LATER.plusSeconds(1), LATER), true));
    }

    private static RegisteredInstance with(RegisteredInstance instance, Instant healthySince, Stability stability) {
        return new RegisteredInstance(instance.key(), instance.registration(), instance.checks(),
                instance.interventions(), instance.registeredAt(), instance.statusSince(), healthySince, stability,
                instance.revision());
    }

    private static KeyValue stored(byte[] value) {
        return new KeyValue(Key.of("registry/default/orders!host:8080"), Value.of(value), new Revision(3),
                new Revision(5), 2, new LeaseId(7));
    }
}
