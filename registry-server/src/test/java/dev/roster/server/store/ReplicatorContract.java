package dev.roster.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PrimitiveIterator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every {@link Replicator} must do, seen through the {@link Store} on top of it. One subclass for each engine. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class ReplicatorContract {

    /** How long something may take that should happen at once, on a machine that is busy with other things. */
    private static final Duration SOON = Duration.ofSeconds(30);

    private static final LeaseId LEASE = new LeaseId(0x5eed);
    private static final Duration TTL = Duration.ofSeconds(2);

    private final ExecutorService watchers = Executors.newVirtualThreadPerTaskExecutor();
    private Replicator replicator;
    private Store store;

    /** Returns a replicator whose replica is empty, and which takes commands or soon will. The contract closes it. */
    protected abstract Replicator create() throws Exception;

    /** Lets time pass for the leases of the replicator that was created last, and what ends with it end. */
    protected abstract void letTimePass(Duration time) throws Exception;

    @BeforeEach
    final void openStore() throws Exception {
        replicator = create();
        store = new ReplicatedStore(replicator, watchers);
        await("the replicator takes commands").atMost(SOON).ignoreExceptionsInstanceOf(StoreException.class)
                .until(() -> Outcome.await(store.commit(Txn.of())).succeeded());
    }

    @AfterEach
    final void closeStore() {
        replicator.close();
        watchers.shutdownNow();
    }

    private TxnResult commit(Operation... operations) {
        return Outcome.await(store.commit(Txn.of(operations)));
    }

    private static PutKey put(String key, String value) {
        return new PutKey(Key.of(key), Value.of(value));
    }

    private String valueOf(String key) {
        return store.view().find(Key.of(key)).map(found -> found.value().utf8()).orElse("none");
    }

    @Test
    void showsAWriteBeforeItIsAcknowledged() {
        for (int i = 0; i < 50; i++) {
            TxnResult result = commit(put("k", "" + i));

            assertThat(valueOf("k")).isEqualTo("" + i);
            assertThat(store.view().revision()).isEqualTo(result.revision());
        }
    }

    @Test
    void answersWithWhatTheTransactionFound() {
        commit(put("p/a", "1"), put("p/b", "1"));

        TxnResult result = Outcome.await(store.commit(new Txn(List.of(Compare.exists(Key.of("p/a"))),
                List.of(put("p/a", "2"), new ReadKeys(KeyRange.prefix("p/"), 1), new DeleteKeys(Key.of("p/b"))),
                List.of())));

        assertThat(result.succeeded()).isTrue();
        KeyValue previous = ((KeyPut) result.results().get(0)).previous();
        assertThat(previous).isNotNull().extracting(KeyValue::value).isEqualTo(Value.of("1"));
        KeysRead read = (KeysRead) result.results().get(1);
        assertThat(read.more()).isTrue();
        assertThat(read.keys()).extracting(KeyValue::value).containsExactly(Value.of("2"));
        assertThat(((KeysDeleted) result.results().get(2)).previous()).extracting(KeyValue::key)
                .containsExactly(Key.of("p/b"));
    }

    @Test
    void readsRangesUpToALimit() {
        commit(put("p/c", "1"), put("p/a", "1"), put("p/b", "1"), put("q", "1"));

        KeysRead read = store.view().read(KeyRange.prefix("p/"), 2);

        assertThat(read.keys()).extracting(KeyValue::key).containsExactly(Key.of("p/a"), Key.of("p/b"));
        assertThat(read.more()).isTrue();
        assertThat(store.view().count(KeyRange.prefix("p/"))).isEqualTo(3);
    }

    @Test
    void appliesTheCommandsOfOneThreadInOrder() {
        List<CompletableFuture<TxnResult>> answers = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            answers.add(store.commit(Txn.of(put("k", "" + i))));
        }

        Revision before = Revision.ZERO;
        for (int i = 0; i < 500; i++) {
            TxnResult result = Outcome.await(answers.get(i));
            assertThat(result.revision()).isGreaterThan(before);
            before = result.revision();
        }
        assertThat(valueOf("k")).isEqualTo("499");
    }

    @Test
    void refusesWithTheReasonAndGoesOn() {
        assertThatThrownBy(() -> commit(new PutKey(Key.of("k"), Value.of("1"), LEASE)))
                .isInstanceOfSatisfying(LeaseNotFoundException.class, e -> assertThat(e.lease()).isEqualTo(LEASE));
        assertThatThrownBy(() -> commit(put("k", "1"), put("k", "2")))
                .isInstanceOfSatisfying(InvalidCommandException.class, e -> assertThat(e.field()).isEqualTo("key"));
        assertThatThrownBy(() -> Outcome.await(store.compact(new Compact(new Revision(1_000_000)))))
                .isInstanceOf(RevisionAheadException.class);

        assertThat(valueOf("k")).isEqualTo("none");
        commit(put("k", "3"));
        assertThat(valueOf("k")).isEqualTo("3");
    }

    @Test
    void letsOneOfTwoWritersWinWhenBothCompare() throws Exception {
        int writers = 4;
        int each = 25;
        commit(put("counter", "0"));
        List<Future<?>> running = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < writers; i++) {
                running.add(threads.submit(() -> {
                    for (int done = 0; done < each;) {
                        done += increment() ? 1 : 0;
                    }
                }));
            }
            for (Future<?> writer : running) {
                writer.get(SOON.toSeconds() * 3, TimeUnit.SECONDS);
            }
        }

        assertThat(valueOf("counter")).isEqualTo("" + writers * each);
    }

    private boolean increment() {
        KeyValue now = store.view().find(Key.of("counter")).orElseThrow();
        int next = Integer.parseInt(now.value().utf8()) + 1;
        return Outcome.await(store.commit(
                Txn.when(List.of(Compare.modifiedAt(Key.of("counter"), now.modified())), put("counter", "" + next))))
                .succeeded();
    }

    @Test
    void showsEverythingAcknowledgedInALinearizableView() {
        Revision written = commit(put("k", "1")).revision();

        ReadView view = Outcome.await(store.linearizableView());

        assertThat(view.revision()).isGreaterThanOrEqualTo(written);
        assertThat(view.find(Key.of("k"))).isPresent();
    }

    @Test
    void showsAtLeastTheRevisionAskedForAndRefusesOneThatNobodyHasSeen() {
        Revision written = commit(put("k", "1")).revision();

        assertThat(Outcome.await(store.viewNotBefore(written)).revision()).isGreaterThanOrEqualTo(written);
        assertThatThrownBy(() -> Outcome.await(store.viewNotBefore(new Revision(written.value() + 1000))))
                .isInstanceOf(RevisionAheadException.class);
    }

    @Test
    void readsThePastUntilItIsCompacted() {
        Revision first = commit(put("k", "1")).revision();
        Revision second = commit(put("k", "2")).revision();
        assertThat(store.viewAt(first).find(Key.of("k"))).get().extracting(KeyValue::value).isEqualTo(Value.of("1"));

        Outcome.await(store.compact(new Compact(second)));

        assertThatThrownBy(() -> store.viewAt(first)).isInstanceOf(RevisionCompactedException.class);
        assertThat(store.viewAt(second).find(Key.of("k"))).get().extracting(KeyValue::value).isEqualTo(Value.of("2"));
    }

    @Test
    void tellsAWatchAllChangesFromARevisionOn() {
        Revision start = commit(put("other", "0")).revision();
        commit(put("p/a", "1"));
        RecordingListener listener = new RecordingListener();

        try (Watch watch = store.watch(List.of(KeyRange.prefix("p/")), start, listener)) {
            commit(put("other", "1"));
            commit(put("p/b", "2"), new DeleteKeys(Key.of("p/a")));
            await("the watch is told").atMost(SOON).until(() -> listener.events().size() >= 2);
        }

        long at = start.value();
        assertThat(listener.events()).containsExactly(at + 1 + ":p/a=1", at + 3 + ":p/b=2 p/a-");
    }

    @Test
    void endsALeaseAndItsKeysSomeTimeAfterTheLastKeepAlive() throws Exception {
        grant();
        commit(new PutKey(Key.of("k"), Value.of("1"), LEASE));

        letTimePass(TTL.plusSeconds(1));

        await("the lease ends").atMost(SOON).until(() -> store.findLease(LEASE).isEmpty());
        assertThat(valueOf("k")).isEqualTo("none");
        assertThat(Outcome.await(store.keepAlive(List.of(LEASE)))).containsExactly(LEASE);
    }

    @Test
    void keepsALeaseThatIsKeptAlive() throws Exception {
        grant();
        commit(new PutKey(Key.of("k"), Value.of("1"), LEASE));

        for (int i = 0; i < 6; i++) {
            letTimePass(TTL.dividedBy(4));
            assertThat(Outcome.await(store.keepAlive(List.of(LEASE, new LeaseId(404)))))
                    .containsExactly(new LeaseId(404));
        }

        assertThat(store.findLease(LEASE)).contains(new Lease(LEASE, TTL));
        assertThat(valueOf("k")).isEqualTo("1");
    }

    @Test
    void revokesALeaseAtOnce() {
        grant();
        commit(new PutKey(Key.of("k"), Value.of("1"), LEASE));

        LeasesRevoked revoked = Outcome.await(store.revoke(new RevokeLeases(List.of(LEASE, new LeaseId(404)))));

        assertThat(revoked.ids()).containsExactly(LEASE);
        assertThat(valueOf("k")).isEqualTo("none");
        assertThat(store.findLease(LEASE)).isEmpty();
    }

    @Test
    void grantsALeaseOnce() {
        grant();

        assertThatThrownBy(this::grant).isInstanceOf(LeaseExistsException.class);
    }

    @Test
    void tellsHowLongALeaseLivesAndWhichKeysItHas() throws Exception {
        grant();
        commit(new PutKey(Key.of("b"), Value.of("1"), LEASE), new PutKey(Key.of("a"), Value.of("1"), LEASE));
        letTimePass(TTL.dividedBy(4));

        LeaseStatus status = Outcome.await(store.leaseStatus(LEASE)).orElseThrow();

        assertThat(status.lease()).isEqualTo(new Lease(LEASE, TTL));
        assertThat(status.remaining()).isLessThanOrEqualTo(TTL.multipliedBy(3).dividedBy(4)).isPositive();
        assertThat(status.keys()).containsExactly(Key.of("a"), Key.of("b"));
        assertThat(store.leases()).containsExactly(new Lease(LEASE, TTL));
        assertThat(Outcome.await(store.leaseStatus(new LeaseId(404)))).isEmpty();
    }

    @Test
    void choosesTheIdOfALeaseUntilItIsFree() {
        grant();
        PrimitiveIterator.OfLong ids = LongStream.of(LEASE.value(), -1, 0).iterator();

        LeaseGranted first = Outcome.await(store.grant(TTL, ids::nextLong));
        LeaseGranted second = Outcome.await(store.grant(TTL, ids::nextLong));

        assertThat(first.id()).isEqualTo(new LeaseId(Long.MAX_VALUE));
        assertThat(second.id()).isEqualTo(new LeaseId(1));
        assertThat(store.leases()).extracting(Lease::id)
                .containsExactly(new LeaseId(1), LEASE, new LeaseId(Long.MAX_VALUE));
    }

    private void grant() {
        LeaseGranted granted = Outcome.await(store.grant(new GrantLease(LEASE, TTL)));
        assertThat(granted.ttl()).isEqualTo(TTL);
    }

    /** Far more than any queue holds: some are refused, or none; but what each is told is what became of it. */
    @Test
    void tellsTheTruthUnderOverload() throws Exception {
        Map<String, CompletableFuture<TxnResult>> answers = new LinkedHashMap<>();
        for (int i = 0; i < 30_000; i++) {
            answers.put("flood/" + i, store.commit(Txn.of(put("flood/" + i, "1"))));
        }

        int done = 0;
        for (Map.Entry<String, CompletableFuture<TxnResult>> answer : answers.entrySet()) {
            try {
                answer.getValue().get(SOON.toSeconds() * 3, TimeUnit.SECONDS);
                assertThat(valueOf(answer.getKey())).as(answer.getKey()).isEqualTo("1");
                done++;
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof OutcomeUnknownException)) {
                    assertThat(e).hasCauseInstanceOf(StoreOverloadedException.class);
                    assertThat(valueOf(answer.getKey())).as(answer.getKey()).isEqualTo("none");
                }
            }
        }
        assertThat(done).isPositive();
        commit(put("after", "1"));
        assertThat(valueOf("after")).isEqualTo("1");
    }

    @Test
    void leavesNobodyWaitingWhenItIsClosed() throws Exception {
        List<CompletableFuture<?>> answers = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            answers.add(store.commit(Txn.of(put("k", "" + i))));
        }
        answers.add(store.linearizableView());
        answers.add(store.keepAlive(List.of(LEASE)));

        replicator.close();

        for (CompletableFuture<?> answer : answers) {
            try {
                answer.get(SOON.toSeconds(), TimeUnit.SECONDS);
            } catch (ExecutionException e) {
                assertThat(e).hasCauseInstanceOf(StoreException.class);
            }
        }
        assertThatThrownBy(() -> commit(put("k", "late"))).isInstanceOf(StoreUnavailableException.class);
    }
}
