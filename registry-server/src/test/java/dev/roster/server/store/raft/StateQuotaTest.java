package dev.roster.server.store.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.roster.server.store.Command;
import dev.roster.server.store.CommitParts;
import dev.roster.server.store.Compact;
import dev.roster.server.store.DeleteKeys;
import dev.roster.server.store.GrantLease;
import dev.roster.server.store.InvalidCommandException;
import dev.roster.server.store.Key;
import dev.roster.server.store.KeyRange;
import dev.roster.server.store.LeaseId;
import dev.roster.server.store.PutKey;
import dev.roster.server.store.ReadKeys;
import dev.roster.server.store.Revision;
import dev.roster.server.store.RevokeLeases;
import dev.roster.server.store.Txn;
import dev.roster.server.store.UpdateKey;
import dev.roster.server.store.Value;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class StateQuotaTest {

    private static final long LIMIT = 16L << 20;
    private static final long RESERVE = 1L << 20;
    private static final PutKey PUT = new PutKey(Key.of("k"), Value.of("v"));
    private static final DeleteKeys DELETE = new DeleteKeys(Key.of("d"));

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private long size;
    private final StateQuota quota = new StateQuota(() -> size, LIMIT, meters);

    @Test
    void takesEverythingBelowTheLimit() {
        size = LIMIT - 1;

        expectTaken(Txn.of(PUT));
        expectTaken(new GrantLease(new LeaseId(1), Duration.ofSeconds(9)));
    }

    @Test
    void refusesNewDataAtTheLimit() {
        size = LIMIT;

        expectRefused(Txn.of(PUT));
        expectRefused(Txn.of(UpdateKey.keepingLease(Key.of("k"), Value.of("v"))));
        expectRefused(new Txn(List.of(), List.of(), List.of(Txn.of(PUT))));
        expectRefused(new GrantLease(new LeaseId(1), Duration.ofSeconds(9)));
        expectRefused(new CommitParts(Key.of("parts"), 1));
    }

    @Test
    void takesWhatAddsNothing() {
        size = 2 * LIMIT;

        expectTaken(new RevokeLeases(List.of(new LeaseId(1))));
        expectTaken(new Compact(new Revision(1)));
        expectTaken(Txn.of(DELETE));
        expectTaken(Txn.of(new ReadKeys(KeyRange.prefix("a"), 1)));
        expectTaken(Txn.of(UpdateKey.keepingValue(Key.of("k"), LeaseId.NONE)));
    }

    @Test
    void takesDeletionsThatNoteWhatTheyDeleted() {
        size = LIMIT + RESERVE - 1;

        expectTaken(Txn.of(DELETE, PUT));
        expectTaken(Txn.of(Txn.of(DELETE), PUT));

        size = LIMIT + RESERVE;
        expectRefused(Txn.of(DELETE, PUT));
        expectTaken(Txn.of(DELETE));
    }

    @Test
    void saysThatItIsFullOnceUntilThereIsSomeRoom(CapturedOutput output) {
        lookAt(LIMIT);
        assertThat(output).contains("The store is full: it holds 16 MiB, 16 MiB are allowed. New data is refused");

        lookAt(LIMIT - RESERVE);
        expectTaken(Txn.of(PUT));
        lookAt(LIMIT);
        assertThat(output).containsOnlyOnce("The store is full");

        lookAt(LIMIT - RESERVE - 1);
        lookAt(LIMIT);
        assertThat(output.toString().split("The store is full", -1)).hasSize(3);
    }

    @Test
    void showsSizeAndLimit() {
        size = 7;

        assertThat(meters.get("roster.store.state.size").gauge().value()).isEqualTo(7);
        assertThat(meters.get("roster.store.state.limit").gauge().value()).isEqualTo(LIMIT);
        assertThat(quota.refusal().limitBytes()).isEqualTo(LIMIT);
    }

    @Test
    void refusesALimitThatIsTooLargeForSnapshots() {
        assertThatExceptionOfType(InvalidCommandException.class)
                .isThrownBy(() -> new StateQuota(() -> 0, StateQuota.MAX_BYTES + 1, new SimpleMeterRegistry()));
        assertThatExceptionOfType(InvalidCommandException.class)
                .isThrownBy(() -> new StateQuota(() -> 0, StateQuota.MIN_BYTES - 1, new SimpleMeterRegistry()));
    }

    private void lookAt(long bytes) {
        size = bytes;
        quota.look();
    }

    private void expectTaken(Command command) {
        assertThat(quota.refuses(command)).as("%s", command).isFalse();
    }

    private void expectRefused(Command command) {
        assertThat(quota.refuses(command)).as("%s", command).isTrue();
    }
}
