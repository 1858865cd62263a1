package dev.roster.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Executors;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Transactions that are too large for one command: all of it or nothing, and no part is left. */
class LargeTxnTest extends KeySpaceFixture {
    private static final String AREA = "parts/";
    private static final LargeTxn.Listener SILENT = (done, total) -> {};

    private final LocalReplicator replicator = new LocalReplicator(space, Runnable::run, () -> NOW);
    private final ReplicatedStore store = new ReplicatedStore(replicator,
            Executors.newVirtualThreadPerTaskExecutor());
    private final LongSupplier ids = new SplittableRandom(7)::nextLong;
    private final LargeTxn large = new LargeTxn(store, ids, AREA);

    @AfterEach
    void close() {
        replicator.close();
    }

    @Test
    void proposesWhatFitsACommandAsItIs() {
        TxnResult result = large.commit(List.of(Compare.absent(Key.of("a"))), List.of(put("a", "1")), SILENT);

        assertThat(result.succeeded()).isTrue();
        assertThat(revision()).isEqualTo(1);
    }

    @Test
    void makesAllChangesAtOneRevision() {
        commit(put("k00000", "old"), put("gone", "1"));
        List<Operation> operations = puts(5000, 2000);
        operations.add(new DeleteKeys(Key.of("gone")));
        List<Integer> told = new ArrayList<>();

        TxnResult result = large.commit(absent(1, 5000), operations, (done, total) -> told.add(total - done));

        assertThat(result.succeeded()).isTrue();
        assertThat(told).hasSizeGreaterThan(30).endsWith(1, 0);
        List<KeyValue> written = space.view().read(KeyRange.prefix("k"), 10_000).keys();
        assertThat(written).hasSize(5000);
        assertThat(written).extracting(KeyValue::modified).containsOnly(result.revision());
        assertThat(valueOf("gone")).isNull();
        assertNothingIsLeft();
    }

    @Test
    void makesNoneOfThemWhenOneCompareDoesNotHold() {
        commit(put("k04999", "1"));

        TxnResult result = large.commit(absent(0, 5000), puts(5000, 2000), SILENT);

        assertThat(result.succeeded()).isFalse();
        assertThat(keys(KeyRange.prefix("k"))).containsExactly("k04999");
        assertNothingIsLeft();
    }

    @Test
    void takesTheLargestValues() {
        List<Operation> operations = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            operations.add(put("v" + i, "x".repeat(1_100_000)));
        }

        assertThat(large.commit(List.of(), operations, SILENT).succeeded()).isTrue();
        assertThat(keys(KeyRange.prefix("v"))).hasSize(5);
        assertNothingIsLeft();
    }

    @Test
    void isRefusedWhenItIsTooLarge() {
        assertThatThrownBy(() -> large.commit(List.of(), puts(CommitParts.MAX_OPERATIONS + 1, 1), SILENT))
                .isInstanceOf(InvalidCommandException.class).hasMessageContaining("65537 operations");
        assertThatThrownBy(() -> large.commit(List.of(), puts(101, 500_000), SILENT))
                .isInstanceOf(InvalidCommandException.class).hasMessageContaining("at most 50331648 bytes");
        assertThatThrownBy(() -> large.commit(List.of(), List.of(new ReadKeys(KeyRange.ALL, 1)), SILENT))
                .isInstanceOf(InvalidCommandException.class).hasMessageContaining("a key to put");
        assertThat(revision()).isZero();
    }

    @Test
    void isRefusedWhenAKeyIsWrittenTwice() {
        List<Operation> operations = puts(3000, 10);
        operations.add(put("k00001", "again"));

        assertThatThrownBy(() -> large.commit(List.of(), operations, SILENT))
                .isInstanceOf(InvalidCommandException.class).hasMessageContaining("k00001");
        assertThat(keys(KeyRange.prefix("k"))).isEmpty();
        assertNothingIsLeft();
    }

    @Test
    void isRefusedWhenPartsAreMissingOrDamaged() {
        TxnPart part = new TxnPart(Txn.of(put("a", "1")));
        commit(new PutKey(Key.of("parts/1"), part.toValue()));

        refused(InvalidCommandException.class, new CommitParts(Key.of(AREA), 2));
        commit(put("parts/2", "nonsense"));
        refused(InvalidCommandException.class, new CommitParts(Key.of(AREA), 2));
        refused(InvalidCommandException.class, new CommitParts(Key.of(AREA), 1));
        commit(new PutKey(Key.of("parts/2"), new TxnPart(Txn.of(put("parts/3", "1"))).toValue()));
        refused(InvalidCommandException.class, new CommitParts(Key.of(AREA), 2));
        assertThatThrownBy(() -> new CommitParts(Key.of(AREA), 0)).isInstanceOf(InvalidCommandException.class);
    }

    @Test
    void partsGoByThemselvesWhenWhoeverPutsThemDies() {
        LeaseId lease = new LeaseId(99);
        grant(lease);
        commit(new PutKey(Key.of("parts/1"), new TxnPart(Txn.of(put("a", "1"))).toValue(), lease));

        apply(new RevokeLeases(List.of(lease)));

        assertNothingIsLeft();
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void readsAnyPartThatWasWritten(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 200; round++) {
            List<Compare> compares = new ArrayList<>();
            List<Operation> operations = new ArrayList<>();
            for (int i = random.nextInt(5); i > 0; i--) {
                Key key = Key.of("k" + random.nextInt(100));
                compares.add(random.nextBoolean()
                        ? Compare.absent(key)
                        : Compare.modifiedAt(key, new Revision(random.nextInt(1000))));
                operations.add(new PutKey(key, Value.of("v" + random.nextInt())).withoutPrevious());
            }
            operations.add(new DeleteKeys(KeyRange.prefix("x" + random.nextInt(9))).withoutPrevious());
            TxnPart part = new TxnPart(new Txn(compares, operations, List.of()));

            assertThat(TxnPart.read(part.toValue())).isEqualTo(part);
            byte[] bytes = part.toValue().toBytes();
            assertThatThrownBy(() -> TxnPart.read(Value.of(java.util.Arrays.copyOf(bytes, bytes.length - 1))))
                    .isInstanceOf(CorruptStateException.class);
        }
    }

    @Test
    void replicasThatAreBuiltFromAnImageAgree() throws java.io.IOException {
        large.commit(List.of(), puts(3000, 300), SILENT);
        KeySpace again = new KeySpace();
        again.restore(Images.input(Images.bytes(space.image())));

        assertThat(Images.bytes(again.image())).isEqualTo(Images.bytes(space.image()));
    }

    private void assertNothingIsLeft() {
        assertThat(keys(KeyRange.prefix(AREA))).isEmpty();
        assertThat(space.leases()).isEmpty();
    }

    private static List<Compare> absent(int from, int to) {
        List<Compare> compares = new ArrayList<>();
        for (int i = from; i < to; i++) {
            compares.add(Compare.absent(Key.of("k%05d".formatted(i))));
        }
        return compares;
    }

    private static List<Operation> puts(int count, int bytes) {
        List<Operation> operations = new ArrayList<>();
        String value = "x".repeat(bytes);
        for (int i = 0; i < count; i++) {
            operations.add(put("k%05d".formatted(i), value));
        }
        return operations;
    }
}
