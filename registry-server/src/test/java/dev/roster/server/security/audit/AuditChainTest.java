package dev.roster.server.security.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roster.server.cluster.BackupFile;
import dev.roster.server.cluster.Backups;
import dev.roster.server.cluster.ClusterState;
import dev.roster.server.fixture.Callers;
import dev.roster.server.fixture.LocalStore;
import dev.roster.server.security.AuditChange;
import dev.roster.server.security.AuditContext;
import dev.roster.server.security.AuditLog;
import dev.roster.server.security.Caller;
import dev.roster.server.security.ForbiddenException;
import dev.roster.server.security.Role;
import dev.roster.server.store.Compare;
import dev.roster.server.store.DeleteKeys;
import dev.roster.server.store.Key;
import dev.roster.server.store.KeyValue;
import dev.roster.server.store.LeaseId;
import dev.roster.server.store.Outcome;
import dev.roster.server.store.PutKey;
import dev.roster.server.store.Revision;
import dev.roster.server.store.Txn;
import dev.roster.server.store.Value;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditChainTest {
    private static final Caller ADMIN = Callers.of(Role.ADMIN);
    private static final AuditQuery ALL = new AuditQuery(null, null, null, null, null, null);
    private static final Key THING = Key.of("thing");

    private final LocalStore local = new LocalStore();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final AuditWriter writer = new AuditWriter("member-1", local.clock, new SecureRandom());
    private final AuditedStore store = new AuditedStore(local.store, writer);
    private final AuditQueue queue = new AuditQueue(writer, local.clock, meters);
    private final AuditLog log = new AuditLog(queue);
    private final AtomicBoolean leads = new AtomicBoolean(true);
    private final AuditSealer sealer = sealer(new AuditPolicy(1000, Duration.ofDays(30)));
    private final AuditTrail trail = new AuditTrail(local.store);

    @TempDir
    private Path folder;

    @AfterEach
    void close() {
        AuditContext.end();
        local.close();
    }

    private AuditSealer sealer(AuditPolicy policy) {
        return new AuditSealer(local.store, writer, policy, leads::get, local.clock, meters);
    }

    /** Does something that is audited, as a handler does. */
    private void act(String name, Txn txn, String outcome) {
        AuditContext.Act act = AuditContext.begin(Callers.of(Role.EDITOR), "thing.put", Map.of("name", name), "r1");
        AuditContext.note("thing " + name, "old", "new");
        Outcome.await(store.commit(txn));
        log.record(act, outcome);
        AuditContext.end();
    }

    private void put(int number) {
        act("n" + number, Txn.of(new PutKey(THING, Value.of("v" + number))), AuditLog.DONE);
    }

    private List<AuditLink> entries() {
        return trail.list(ADMIN, ALL, 2000, null, null).entries().reversed();
    }

    private AuditVerdict verify() {
        return trail.verify(ADMIN);
    }

    @Test
    void storesAChangeAndItsEntryTogether() {
        put(1);
        long revision = local.revision();

        assertThat(local.store.view().count(AuditKeys.PENDING)).isEqualTo(1);
        sealer.round();

        assertThat(local.store.view().count(AuditKeys.PENDING)).isZero();
        AuditLink link = entries().getFirst();
        assertThat(link.number()).isEqualTo(1);
        assertThat(link.revision()).isEqualTo(revision);
        AuditEntry entry = link.entry();
        assertThat(entry.caller()).isEqualTo("the-editor");
        assertThat(entry.action()).isEqualTo("thing.put");
        assertThat(entry.target()).containsExactly(Map.entry("name", "n1"));
        assertThat(entry.outcome()).isEqualTo("done");
        assertThat(entry.changes()).containsExactly(new AuditChange("thing n1", "old", "new"));
        assertThat(entry.requestId()).isEqualTo("r1");
        assertThat(entry.at()).isEqualTo(local.clock.instant());
        assertThat(queueSize()).as("nothing is left to store").isZero();
    }

    private long queueSize() {
        long before = local.store.view().count(AuditKeys.PENDING);
        queue.flush(local.store);
        return local.store.view().count(AuditKeys.PENDING) - before;
    }

    @Test
    void storesNoEntryWithWhatWasNotDone() {
        act("x", Txn.when(List.of(Compare.exists(THING)), new PutKey(THING, Value.of("v"))), "version-mismatch");

        assertThat(local.store.view().count(AuditKeys.PENDING)).isZero();
        assertThat(queueSize()).isEqualTo(1);
        sealer.round();
        assertThat(entries()).singleElement()
                .satisfies(link -> assertThat(link.entry().outcome()).isEqualTo("version-mismatch"));
    }

    @Test
    void answersAsTheStoreDoes() {
        AuditContext.begin(ADMIN, "thing.put", Map.of(), null);

        var result = Outcome.await(store.commit(Txn.of(new PutKey(THING, Value.of("a")), new DeleteKeys(Key.of("b")))));

        assertThat(result.results()).hasSize(2);
        AuditContext.end();
        long before = local.store.view().count(AuditKeys.PENDING);
        Outcome.await(store.commit(Txn.of(new PutKey(THING, Value.of("c")))));
        assertThat(local.store.view().count(AuditKeys.PENDING)).as("outside of an act").isEqualTo(before);
    }

    @Test
    void chainsInTheOrderOfRevisions() {
        for (int i = 1; i <= 450; i++) {
            put(i);
        }
        sealer.round();

        assertThat(entries()).hasSize(450).extracting(link -> link.entry().target().get("name"))
                .startsWith("n1", "n2").endsWith("n450");
        AuditVerdict verdict = verify();
        assertThat(verdict.flaw()).isNull();
        assertThat(verdict.verified()).isEqualTo(450);
        assertThat(verdict.last()).isEqualTo(450);
        assertThat(verdict.head()).isEqualTo(entries().getLast().hash());
        assertThat(meters.counter("roster.audit.entries").count()).isEqualTo(450);
    }

    @Test
    void leavesItToTheLeader() {
        put(1);
        leads.set(false);

        sealer.round();

        assertThat(entries()).isEmpty();
        assertThat(verify().pending()).isEqualTo(1);
    }

    @Test
    void tellsTheFirstEntryThatWasChanged() {
        chain(10);
        AuditLink fifth = link(5);
        AuditEntry entry = fifth.entry();
        AuditEntry forged = new AuditEntry(entry.at(), entry.member(), "somebody", true, entry.role(), null,
                entry.address(), null, entry.action(), entry.target(), entry.outcome(), List.of());
        put(AuditKeys.entry(5),
                new AuditLink(5, fifth.revision(), fifth.previous(), fifth.hash(), Value.of(forged.canonical()))
                        .write());

        assertFlaw(5, "was changed");
    }

    @Test
    void tellsWhereAChangedEntryWasHashedAnew() {
        chain(10);
        AuditLink forged = AuditLink.after(link(4).mark(), link(5).revision(), link(6).entry());
        put(AuditKeys.entry(5), forged.write());

        assertFlaw(6, "the entry before");
    }

    @Test
    void tellsAnEntryThatIsMissing() {
        chain(10);
        Outcome.await(local.store.commit(Txn.of(new DeleteKeys(AuditKeys.entry(7)))));

        assertFlaw(7, "missing");
    }

    @Test
    void tellsAnEndThatWasCutOff() {
        chain(10);
        Outcome.await(local.store.commit(Txn.of(new DeleteKeys(AuditKeys.entries(9, 10)))));

        assertFlaw(9, "missing");
    }

    @Test
    void tellsABeginningThatWasCutOff() {
        chain(10);
        Outcome.await(local.store.commit(Txn.of(new DeleteKeys(AuditKeys.entries(1, 3)))));

        assertFlaw(1, "missing");
    }

    @Test
    void tellsWhatIsNoEntry() {
        chain(3);
        put(AuditKeys.entry(2), Value.of("rubbish"));

        assertFlaw(2, "cannot be read");
    }

    private void chain(int count) {
        for (int i = 1; i <= count; i++) {
            put(i);
        }
        sealer.round();
        assertThat(verify().flaw()).isNull();
    }

    private AuditLink link(long number) {
        return AuditLink.read(local.store.view().find(AuditKeys.entry(number)).orElseThrow());
    }

    private void put(Key key, Value value) {
        Outcome.await(local.store.commit(Txn.of(new PutKey(key, value))));
    }

    private void assertFlaw(long number, String problem) {
        AuditVerdict.Flaw flaw = Objects.requireNonNull(verify().flaw());
        assertThat(flaw.number()).isEqualTo(number);
        assertThat(flaw.problem()).contains(problem);
    }

    @Test
    void dropsTheOldestAndStaysVerifiable() {
        AuditSealer strict = sealer(new AuditPolicy(100, Duration.ofDays(30)));
        for (int i = 1; i <= 150; i++) {
            put(i);
        }
        strict.round();

        AuditVerdict verdict = verify();
        assertThat(verdict.flaw()).isNull();
        assertThat(verdict.first()).isEqualTo(61);
        assertThat(verdict.last()).isEqualTo(151);
        AuditEntry note = entries().getLast().entry();
        assertThat(note.action()).isEqualTo("audit.drop");
        assertThat(note.target()).containsEntry("last", "60");
        assertThat(entries().getFirst().previous()).isEqualTo(note.target().get("lastHash"));
    }

    @Test
    void dropsWhatIsTooOld() {
        chain(10);
        local.clock.advance(Duration.ofDays(31));
        put(11);

        sealer.round();

        assertThat(entries()).extracting(AuditLink::number).containsExactly(11L, 12L);
        assertThat(verify().flaw()).isNull();
        sealer.round();
        assertThat(entries()).hasSize(2);
    }

    @Test
    void finds() {
        put(1);
        local.clock.advance(Duration.ofMinutes(1));
        put(2);
        log.record(ADMIN, "user.put", Map.of("user", "Eve"), "forbidden");
        queue.flush(local.store);
        sealer.round();

        assertThat(find(new AuditQuery("the-admin", null, null, null, null, null))).containsExactly(3L);
        assertThat(find(new AuditQuery(null, "thing.", null, null, null, null))).containsExactly(2L, 1L);
        assertThat(find(new AuditQuery(null, null, "forbidden", null, null, null))).containsExactly(3L);
        assertThat(find(new AuditQuery(null, null, null, "eve", null, null))).containsExactly(3L);
        assertThat(find(new AuditQuery(null, null, null, "THING n2", null, null))).containsExactly(2L);
        assertThat(find(new AuditQuery(null, null, null, null, local.clock.instant(), null))).containsExactly(3L, 2L);
        assertThat(find(new AuditQuery(null, null, null, null, null, local.clock.instant()))).containsExactly(1L);

        AuditPage first = trail.list(ADMIN, ALL, 2, null, null);
        put(4);
        sealer.round();
        AuditPage rest = trail.list(ADMIN, ALL, 2, first.revision(), first.next());
        assertThat(first.entries()).extracting(AuditLink::number).containsExactly(3L, 2L);
        assertThat(rest.entries()).extracting(AuditLink::number).containsExactly(1L);
        assertThat(rest.next()).isNull();
        assertThatThrownBy(() -> trail.list(Callers.of(Role.EDITOR), ALL, 1, null, null))
                .isInstanceOf(ForbiddenException.class);
        assertThatThrownBy(() -> trail.verify(Callers.of(Role.EDITOR))).isInstanceOf(ForbiddenException.class);
    }

    private List<Long> find(AuditQuery query) {
        return trail.list(ADMIN, query, 100, null, null).entries().stream().map(AuditLink::number).toList();
    }

    @Test
    void keepsStrangersFromDrivingOthersOut() {
        for (int i = 0; i < 500; i++) {
            queue.add(null, "mallory", "203.0.113.5", "login", Map.of(), "unauthenticated", List.of(), null);
        }
        queue.flush(local.store);
        sealer.round();

        assertThat(entries()).hasSize(AuditQueue.MAX_LOGINS + 1);
        assertThat(entries()).anySatisfy(link -> {
            assertThat(link.entry().action()).isEqualTo("audit.omit");
            assertThat(link.entry().target()).containsEntry("entries", "440");
        });
        assertThat(meters.counter("roster.audit.omitted").count()).isEqualTo(440);
        local.clock.advance(Duration.ofMinutes(1));
        queue.add(null, "mallory", "203.0.113.5", "login", Map.of(), "unauthenticated", List.of(), null);
        assertThat(queueSize()).isEqualTo(1);
    }

    @Test
    void boundsWhatWaits() {
        for (int i = 0; i < AuditQueue.MAX_WAITING + 5; i++) {
            log.record(ADMIN, "thing.put", Map.of("name", "x".repeat(10_000)), "forbidden");
        }
        for (int i = 0; i < 10; i++) {
            queue.flush(local.store);
        }
        sealer(new AuditPolicy(5000, Duration.ofDays(30))).round();

        assertThat(entries().stream().filter(link -> link.entry().action().equals("thing.put"))).hasSize(1000)
                .allSatisfy(link -> assertThat(link.entry().target().get("name")).hasSize(256).endsWith("…"));
    }

    @Test
    void verifiesABackup() throws IOException {
        chain(20);
        Path good = backup("good");
        assertThat(AuditBackup.verify(good).flaw()).isNull();
        assertThat(AuditBackup.verify(good).verified()).isEqualTo(20);

        Outcome.await(local.store.commit(Txn.of(new DeleteKeys(AuditKeys.entry(8)))));
        Path bad = backup("bad");
        assertThat(Objects.requireNonNull(AuditBackup.verify(bad).flaw()).number()).isEqualTo(8);
    }

    private Path backup(String name) throws IOException {
        Path file = folder.resolve(name);
        ClusterState state = new ClusterState("c", "member-1", "member-1", 1, 1, List.of(), true);
        try (OutputStream output = Files.newOutputStream(file)) {
            new Backups(local.store, () -> state, local.clock).begin().writeTo(output);
        }
        BackupFile.check(file);
        return file;
    }

    @Test
    void readsWhatItWrote() {
        AuditEntry entry = new AuditEntry(local.clock.instant(), "m", "c", false, "", "0123456789abcdef", "::1", null,
                "login", Map.of("b", "2", "a", "\uD83D\uDE00".repeat(200)), "done",
                List.of(new AuditChange("w", "b", "a")));

        assertThat(AuditEntry.read(entry.canonical())).isEqualTo(entry);
        AuditLink link = AuditLink.after(AuditMark.START, 7, entry);
        assertThat(link.isGenuine()).isTrue();
        KeyValue stored = new KeyValue(AuditKeys.entry(1), link.write(), new Revision(1),
                new Revision(1), 1, LeaseId.NONE);
        assertThat(AuditLink.read(stored).hash()).isEqualTo(link.hash());
        assertThat(AuditLink.read(stored).entry()).isEqualTo(entry);
    }
}
