package dev.roster.server.config.changeset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roster.server.config.ItemName;
import dev.roster.server.config.changeset.ChangeSet.PublishedDraft;
import dev.roster.server.config.changeset.ChangeSet.Schedule;
import dev.roster.server.config.changeset.ChangeSet.Status;
import dev.roster.server.config.changeset.ChangeSet.Verdict;
import dev.roster.server.config.format.DocumentFormat;
import dev.roster.server.security.NamespaceName;
import dev.roster.server.store.CorruptStateException;
import dev.roster.server.store.KeyValue;
import dev.roster.server.store.LeaseId;
import dev.roster.server.store.Revision;
import dev.roster.server.store.Value;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Guards the keys and bytes that are in the stores of others. */
class ChangeSetRecordTest {
    private static final ChangeSetKey KEY = new ChangeSetKey(NamespaceName.DEFAULT, 300);
    private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");
    private static final ItemName A = new ItemName("a");
    private static final ChangeSet SET = new ChangeSet(KEY, 7, new About("title", "more"), Status.SCHEDULED, "ann", NOON,
            "bob", NOON,
            List.of(new DraftEntry(A, DraftEntry.Action.PUBLISH, 3, DocumentFormat.YAML, null, "why", 5, "ann", NOON),
                    new DraftEntry(new ItemName("b"), DraftEntry.Action.ROLL_BACK, 3, null, 2L, null, 0, "ann", NOON)),
            List.of(new Verdict("eve", true, null, NOON)), new Schedule(NOON, "bob"), "late",
            List.of(new PublishedDraft(A, 4)));
    private static final String GOLDEN = "010e057469746c6501046d6f7265095343484544554c454403616e6e80bbef970d0003626f62"
            + "80bbef970d00020161075055424c49534806010459414d4c0001037768790a03616e6e80bbef970d000162"
            + "09524f4c4c5f4241434b060004000003616e6e80bbef970d000103657665010080bbef970d000180bbef970d0003626f62"
            + "01046c617465010161" + "08";

    @Test
    void keepsTheFormOfKeys() {
        assertThat(ChangeSetKeys.set(KEY).utf8()).isEqualTo("config/changeset/default/000000000000012c");
        assertThat(ChangeSetKeys.open(KEY).utf8()).isEqualTo("config/changeset-open/default/000000000000012c");
        assertThat(ChangeSetKeys.last(NamespaceName.DEFAULT).utf8()).isEqualTo("config/changeset-last/default");
        assertThat(ChangeSetKeys.due(NOON, KEY).utf8())
                .isEqualTo("config/changeset-due/00000000697deec0/default/000000000000012c");
        assertThat(ChangeSetKeys.draft(KEY, A).utf8()).isEqualTo("config/draft/default/000000000000012c/a");
        assertThat(ChangeSetKeys.readSet(ChangeSetKeys.set(KEY))).isEqualTo(KEY);
        assertThat(ChangeSetKeys.readDue(ChangeSetKeys.due(NOON, KEY))).isEqualTo(KEY);
        assertThat(ChangeSetKeys.dueUntil(NOON).contains(ChangeSetKeys.due(NOON, KEY))).isTrue();
        assertThat(ChangeSetKeys.dueUntil(NOON).contains(ChangeSetKeys.due(NOON.plusSeconds(1), KEY))).isFalse();
    }

    @Test
    void keepsTheBytesOfVersion1() {
        assertThat(HexFormat.of().formatHex(ChangeSetRecord.write(SET).toBytes())).isEqualTo(GOLDEN);
        assertThat(ChangeSetRecord.read(stored(HexFormat.of().parseHex(GOLDEN)))).isEqualTo(SET);
    }

    @Test
    void refusesDamagedRecords() {
        byte[] sound = ChangeSetRecord.write(SET).toBytes();

        for (int length : new int[]{sound.length - 1, sound.length + 1, 3}) {
            assertThatThrownBy(() -> ChangeSetRecord.read(stored(Arrays.copyOf(sound, length))))
                    .isInstanceOf(CorruptStateException.class);
        }
    }

    private static KeyValue stored(byte[] value) {
        return new KeyValue(ChangeSetKeys.set(KEY), Value.of(value), new Revision(3), new Revision(5), 2, LeaseId.NONE);
    }
}
