package dev.roster.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roster.server.config.ReleaseEntry.Action;
import dev.roster.server.config.format.DocumentFormat;
import dev.roster.server.security.NamespaceName;
import dev.roster.server.store.CorruptStateException;
import dev.roster.server.store.Key;
import dev.roster.server.store.KeyEvent;
import dev.roster.server.store.KeyValue;
import dev.roster.server.store.LeaseId;
import dev.roster.server.store.Revision;
import dev.roster.server.store.Value;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** Guards the keys and bytes that are in the stores of others. */
class ReleaseRecordTest {
    private static final ItemKey ITEM = new ItemKey(NamespaceName.DEFAULT, new ItemName("orders"));
    private static final ReleaseEntry ENTRY = new ReleaseEntry(300, Action.ROLLED_BACK, DocumentFormat.YAML, "00ff", 7L,
            "why", Instant.parse("2026-01-31T12:00:00Z"), "ann", 3);

    @Test
    void keepsTheFormOfKeys() {
        assertThat(ConfigKeys.head(ITEM).utf8()).isEqualTo("config/head/default/orders");
        assertThat(ConfigKeys.deleted(ITEM).utf8()).isEqualTo("config/deleted/default/orders");
        assertThat(ConfigKeys.version(ITEM, 300).utf8()).isEqualTo("config/version/default/orders/000000000000012c");
        assertThat(ConfigKeys.readHead(ConfigKeys.head(ITEM))).isEqualTo(ITEM);
        assertThat(ConfigKeys.readVersion(ConfigKeys.version(ITEM, Long.MAX_VALUE))).isEqualTo(ITEM);
    }

    @Test
    void keepsTheBytesOfVersion1() {
        String golden = "01d8040b524f4c4c45445f4241434b0459414d4c04303066660e010377687980bbef970d0003616e6e05613a20c3a4";

        assertThat(HexFormat.of().formatHex(ReleaseRecord.write(ENTRY, "a: ä").toBytes())).isEqualTo(golden);
        KeyValue stored = stored(HexFormat.of().parseHex(golden));
        assertThat(ReleaseRecord.readRelease(ITEM, stored)).isEqualTo(new Release(ITEM, ENTRY, "a: ä"));
        assertThat(ReleaseRecord.readEntry(stored)).isEqualTo(ENTRY);
    }

    @Test
    void keepsTheBytesOfRules() {
        ReviewRules rules = new ReviewRules(true, 2, false, 7);

        assertThat(ConfigKeys.rules(NamespaceName.DEFAULT).utf8()).isEqualTo("config/rules/default");
        assertThat(HexFormat.of().formatHex(NamespaceRules.write(rules).toBytes())).isEqualTo("010104000e");
        assertThat(NamespaceRules.read(stored(HexFormat.of().parseHex("010104000e")))).isEqualTo(rules);
    }

    @Test
    void readsWhatHasNoOptionalFields() {
        ReleaseEntry plain = new ReleaseEntry(1, Action.DELETED, DocumentFormat.TEXT, "", null, null, Instant.EPOCH,
                "ann", 3);

        assertThat(ReleaseRecord.readEntry(stored(ReleaseRecord.write(plain).toBytes()))).isEqualTo(plain);
    }

    @Test
    void refusesDamagedRecords() {
        byte[] sound = ReleaseRecord.write(ENTRY, "a: 1").toBytes();

        assertThatThrownBy(
                () -> ReleaseRecord.readRelease(ITEM, stored(Arrays.copyOf(sound, sound.length - 1))))
                .isInstanceOf(CorruptStateException.class);
        assertThatThrownBy(
                () -> ReleaseRecord.readRelease(ITEM, stored(Arrays.copyOf(sound, sound.length + 1))))
                .isInstanceOf(CorruptStateException.class);
    }

    @Test
    void takesOnlyNewVersionsForChangesOfAnItem() {
        KeyValue version = stored(ReleaseRecord.write(ENTRY, "a: 1").toBytes());
        Key head = ConfigKeys.head(ITEM);

        assertThat(ConfigChanges.decode(new KeyEvent(version.key(), version, null)))
                .contains(new ItemStatus(ITEM, new Release(ITEM, ENTRY, "a: 1")));
        assertThat(ConfigChanges.decode(new KeyEvent(version.key(), null, version))).isEmpty();
        assertThat(ConfigChanges.decode(new KeyEvent(head, version, null))).isEmpty();
    }

    private static KeyValue stored(byte[] value) {
        return new KeyValue(ConfigKeys.version(ITEM, 300), Value.of(value), new Revision(3), new Revision(5), 2,
                LeaseId.NONE);
    }
}
