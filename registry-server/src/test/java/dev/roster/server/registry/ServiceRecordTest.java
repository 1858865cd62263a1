package dev.roster.server.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roster.server.security.NamespaceName;
import dev.roster.server.store.CorruptStateException;
import dev.roster.server.store.KeyValue;
import dev.roster.server.store.LeaseId;
import dev.roster.server.store.Revision;
import dev.roster.server.store.Value;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Guards the bytes that are in the stores of others. */
class ServiceRecordTest {
    private static final ServiceKey KEY = new ServiceKey(NamespaceName.DEFAULT, new ServiceName("orders"));
    private static final ServiceDefinition PLAIN = new ServiceDefinition(0.75, "team-a", true, Map.of("a", "1"),
            Map.of("blue", "metadata.track == blue"));
    private static final ServiceDefinition FULL = new ServiceDefinition(0.75, "team-a", true, Map.of("a", "1"),
            Map.of("blue", "metadata.track == blue"), Duration.ofSeconds(90),
            new FlapRules(3, Duration.ofMinutes(2), Duration.ofSeconds(30)));
    private static final Instant TIME = Instant.parse("2026-01-31T12:00:00Z");

    @Test
    void keepsTheFormOfKeys() {
        assertThat(RegistryKeys.of(KEY).utf8()).isEqualTo("registry/default/orders!");
        assertThat(RegistryKeys.isDefinition(RegistryKeys.of(KEY))).isTrue();
        assertThat(RegistryKeys.service(RegistryKeys.of(KEY))).isEqualTo(KEY);
        InstanceKey instance = new InstanceKey(KEY, new InstanceId("a"));
        assertThat(RegistryKeys.isDefinition(RegistryKeys.of(instance))).isFalse();
        assertThat(RegistryKeys.instances(KEY).contains(RegistryKeys.of(KEY))).isFalse();
        assertThat(RegistryKeys.instances(KEY).contains(RegistryKeys.of(instance))).isTrue();
        assertThat(RegistryKeys.all(KEY).contains(RegistryKeys.of(KEY))).isTrue();
    }

    @Test
    void keepsTheBytesOfVersion1() {
        String golden = "013fe800000000000001067465616d2d61010101610131"
                + "0104626c7565166d657461646174612e747261636b203d3d20626c756503616e6e80bbef970d00";

        assertThat(HexFormat.of().formatHex(ServiceRecord.write(PLAIN, "ann", TIME).toBytes())).isEqualTo(golden);
        assertThat(ServiceRecord.read(stored(HexFormat.of().parseHex(golden))))
                .isEqualTo(new DefinedService(KEY, PLAIN, "ann", TIME, 5));
    }

    @Test
    void keepsTheBytesOfVersion2() {
        String golden = "023fe800000000000001067465616d2d61010101610131"
                + "0104626c7565166d657461646174612e747261636b203d3d20626c756503616e6e80bbef970d00"
                + "b4010006f001003c00";

        assertThat(HexFormat.of().formatHex(ServiceRecord.write(FULL, "ann", TIME).toBytes())).isEqualTo(golden);
        assertThat(ServiceRecord.read(stored(HexFormat.of().parseHex(golden))))
                .isEqualTo(new DefinedService(KEY, FULL, "ann", TIME, 5));
    }

    @Test
    void refusesDamagedRecords() {
        byte[] sound = ServiceRecord.write(FULL, "ann", TIME).toBytes();

        for (int length = 0; length < sound.length; length++) {
            byte[] cut = Arrays.copyOf(sound, length);
            assertThatThrownBy(() -> ServiceRecord.read(stored(cut))).isInstanceOf(CorruptStateException.class);
        }
        byte[] senseless = sound.clone();
        senseless[1] = 0x7F;
        assertThatThrownBy(() -> ServiceRecord.read(stored(senseless))).isInstanceOf(CorruptStateException.class)
                .hasMessageContaining("protectionThreshold");
    }

    private static KeyValue stored(byte[] value) {
        return new KeyValue(RegistryKeys.of(KEY), Value.of(value), new Revision(3), new Revision(5), 2, LeaseId.NONE);
    }
}
