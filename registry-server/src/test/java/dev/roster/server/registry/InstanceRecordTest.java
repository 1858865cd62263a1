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
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Guards the bytes that are in the stores of others. */
class InstanceRecordTest {
    private static final InstanceKey KEY = new InstanceKey(
            new ServiceKey(NamespaceName.DEFAULT, new ServiceName("orders")), new InstanceId("host:8080"));
    private static final Registration REGISTRATION = new Registration("10.0.0.7", 8080, true, Duration.ofMillis(1500),
            "zone-a", Map.of("b", "2", "a", "1"));
    private static final Instant TIME = Instant.parse("2026-01-31T12:00:00.000000001Z");

    @Test
    void keepsTheFormOfKeys() {
        assertThat(RegistryKeys.of(KEY).utf8()).isEqualTo("registry/default/orders!host:8080");
        assertThat(RegistryKeys.read(RegistryKeys.of(KEY))).isEqualTo(KEY);
    }

    @Test
    void keepsTheBytesOfVersion1() {
        String golden = "010831302e302e302e37a07e010280cab5ee0101067a6f6e652d6102016101310162013280bbef970d01";

        assertThat(HexFormat.of().formatHex(InstanceRecord.write(REGISTRATION, TIME).toBytes())).isEqualTo(golden);
        assertThat(InstanceRecord.read(stored(HexFormat.of().parseHex(golden))))
                .isEqualTo(new RegisteredInstance(KEY, REGISTRATION, TIME, 5));
    }

    @Test
    void refusesDamagedRecords() {
        byte[] sound = InstanceRecord.write(REGISTRATION, TIME).toBytes();

        assertThatThrownBy(() -> InstanceRecord.read(stored(Arrays.copyOf(sound, sound.length - 1))))
                .isInstanceOf(CorruptStateException.class);
        assertThatThrownBy(() -> InstanceRecord.read(stored(Arrays.copyOf(sound, sound.length + 1))))
                .isInstanceOf(CorruptStateException.class);
        byte[] newer = sound.clone();
        newer[0] = 2;
        assertThatThrownBy(() -> InstanceRecord.read(stored(newer))).isInstanceOf(CorruptStateException.class);
    }

    private static KeyValue stored(byte[] value) {
        return new KeyValue(Key.of("registry/default/orders!host:8080"), Value.of(value), new Revision(3),
                new Revision(5), 2, new LeaseId(7));
    }
}
