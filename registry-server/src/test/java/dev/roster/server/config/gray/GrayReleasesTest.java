package dev.roster.server.config.gray;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roster.server.config.ConfigReleases;
import dev.roster.server.config.Expectation;
import dev.roster.server.config.GrayMark;
import dev.roster.server.config.GrayReleaseRunningException;
import dev.roster.server.config.InvalidDocumentException;
import dev.roster.server.config.ItemChange;
import dev.roster.server.config.ItemKey;
import dev.roster.server.config.ItemName;
import dev.roster.server.config.ItemNotFoundException;
import dev.roster.server.config.NamespaceRules;
import dev.roster.server.config.Publication;
import dev.roster.server.config.ReleaseEntry;
import dev.roster.server.config.ReleaseEntry.Action;
import dev.roster.server.config.ReviewRequiredException;
import dev.roster.server.config.ReviewRules;
import dev.roster.server.config.VersionMismatchException;
import dev.roster.server.config.changeset.About;
import dev.roster.server.config.changeset.ChangeSet;
import dev.roster.server.config.changeset.ChangeSetKey;
import dev.roster.server.config.changeset.ChangeSetPublisher;
import dev.roster.server.config.changeset.ChangeSetReviews;
import dev.roster.server.config.changeset.ChangeSetStateException;
import dev.roster.server.config.changeset.ChangeSets;
import dev.roster.server.config.changeset.NotApprovedException;
import dev.roster.server.config.check.ItemSchemas;
import dev.roster.server.config.delivery.BindingError;
import dev.roster.server.config.delivery.ClientName;
import dev.roster.server.config.delivery.ClientReport;
import dev.roster.server.config.delivery.DeliveryReports;
import dev.roster.server.config.delivery.ItemReport;
import dev.roster.server.config.format.DocumentFormat;
import dev.roster.server.config.gray.GrayEvent.Kind;
import dev.roster.server.config.gray.GrayRelease.Status;
import dev.roster.server.fixture.Callers;
import dev.roster.server.fixture.LocalStore;
import dev.roster.server.security.AuditLog;
import dev.roster.server.security.Caller;
import dev.roster.server.security.ForbiddenException;
import dev.roster.server.security.NamespaceName;
import dev.roster.server.security.Role;
import dev.roster.server.store.KeyValue;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GrayReleasesTest {
    private static final Caller EDITOR = Callers.of(Role.EDITOR);
    private static final Caller READER = Callers.of(Role.READER);
    private static final Caller APPLICATION = Callers.of(Role.APPLICATION);
    private static final ItemKey ORDERS = new ItemKey(NamespaceName.DEFAULT, new ItemName("orders"));
    private static final GrayClient FIRST = client("orders-1");
    private static final GrayClient SECOND = client("orders-2");
    private static final GrayClient OTHER = client("orders-3");
    private static final Duration BAKE = Duration.ofMinutes(1);

    private final LocalStore local = new LocalStore();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final ConfigReleases releases = new ConfigReleases(local.store, local.clock, meters);
    private final Set<String> down = new HashSet<>();
    private final DeliveryReports reports = new DeliveryReports(local.store, "a",
            (namespace, application, client) -> !down.contains(namespace + "/" + application + "/" + client),
            local.clock, meters);
    private final GrayReleases grays = new GrayReleases(local.store, releases,
            new ChangeSetPublisher(local.store, releases, local.clock), reports, local.clock);
    private final ChangeSets sets = new ChangeSets(local.store, local.clock);
    private final ChangeSetReviews reviews = new ChangeSetReviews(local.store, local.clock);
    private final AtomicBoolean leads = new AtomicBoolean(true);
    private final GrayDriver driver = driver();

    private GrayDriver driver() {
        return new GrayDriver(grays, reports, leads::get, local.clock, new AuditLog(), new SimpleMeterRegistry());
    }

    @BeforeEach
    void publish() {
        releases.publish(EDITOR, ORDERS, document("old"), new Expectation.Absent());
        driver.round();
        local.clock.advance(GrayDriver.SETTLE);
    }

    @AfterEach
    void close() {
        local.close();
    }

    @Test
    void isLiveForThoseWhomTheFirstStepChooses() {
        GrayRelease release = start(0);

        assertThat(release.version()).isEqualTo(2);
        assertThat(release.baseVersion()).isEqualTo(1);
        assertThat(content(FIRST)).isEqualTo("new");
        assertThat(content(SECOND)).isEqualTo("old");
        assertThat(content(GrayClient.UNKNOWN)).isEqualTo("old");
        assertThat(releases.getRelease(READER, ORDERS).entry().version()).isEqualTo(1);
        assertThat(actions()).containsExactly(Action.STAGED, Action.PUBLISHED);
        assertThat(grays.get(READER, ORDERS, 2)).isEqualTo(release);
        assertThat(grays.list(READER, ORDERS)).containsExactly(release);
    }

    @Test
    void goesOnByItselfUntilEverybodyHasIt() {
        start(0);

        round(BAKE.minusSeconds(1));
        assertThat(content(SECOND)).isEqualTo("old");
        round(Duration.ofSeconds(1));
        assertThat(content(FIRST)).isEqualTo("new");
        assertThat(content(SECOND)).isEqualTo("new");
        assertThat(content(OTHER)).isEqualTo("old");
        round(BAKE);

        GrayRelease ended = grays.get(READER, ORDERS, 2);
        assertThat(ended.status()).isEqualTo(Status.PROMOTED);
        assertThat(kinds(ended)).containsExactly(Kind.STARTED, Kind.ADVANCED, Kind.PROMOTED);
        assertThat(ended.timeline()).extracting(GrayEvent::by).containsExactly(EDITOR.name(), GrayEvent.AUTOMATIC,
                GrayEvent.AUTOMATIC);
        assertThat(content(OTHER)).isEqualTo("new");
        ReleaseEntry current = releases.getRelease(READER, ORDERS).entry();
        assertThat(current.version()).isEqualTo(3);
        assertThat(current.action()).isEqualTo(Action.PROMOTED);
        assertThat(current.restoredVersion()).isEqualTo(2);
        assertThat(current.publishedBy()).isEqualTo(EDITOR.name());
    }

    @Test
    void rollsItselfBackWhenAnApplicationReportsAnError() {
        start(0);
        report("orders-1", 2, 1, true, new BindingError("orders.limit", "expected int"));

        driver.round();

        GrayRelease ended = grays.get(READER, ORDERS, 2);
        assertThat(ended.status()).isEqualTo(Status.ROLLED_BACK);
        GrayEvent last = ended.timeline().getLast();
        assertThat(last.by()).isEqualTo(GrayEvent.AUTOMATIC);
        assertThat(last.detail()).contains("1 of 1 applications", "orders-1: orders.limit: expected int");
        assertThat(last.count().failed()).isEqualTo(1);
        assertThat(content(FIRST)).isEqualTo("old");
        assertThat(releases.getRelease(READER, ORDERS).entry().version()).isEqualTo(1);
        assertThat(releases.publish(EDITOR, ORDERS, document("next"), new Expectation.Version(1)).release().entry()
                .version()).as("the number of the staged version is not used again").isEqualTo(3);
    }

    @Test
    void rollsItselfBackWhenTooManyAreNotWell() {
        grays.start(EDITOR, ORDERS, 1L, document("new"),
                new GrayPlan(List.of(step("orders-1")), true, 0, 100, 50));
        report("orders-1", 2, 2, false);
        report("orders-2", 2, 2, true);
        driver.round();
        assertThat(grays.get(READER, ORDERS, 2).status()).isEqualTo(Status.RUNNING);

        report("orders-2", 2, 2, false);
        driver.round();

        assertThat(grays.get(READER, ORDERS, 2).status()).isEqualTo(Status.ROLLED_BACK);
        assertThat(grays.get(READER, ORDERS, 2).timeline().getLast().detail()).contains("2 of 2 applications");
    }

    @Test
    void rollsItselfBackWhenTheRegistryKnowsThatAnApplicationIsNotWell() {
        start(0);
        report("orders-1", 2, 2, true);
        round(Duration.ofSeconds(1));
        assertThat(grays.get(READER, ORDERS, 2).status()).isEqualTo(Status.RUNNING);

        down.add("default/orders/orders-2");
        round(Duration.ofSeconds(1));
        assertThat(grays.get(READER, ORDERS, 2).status()).as("that one does not run with it").isEqualTo(Status.RUNNING);
        down.add("default/orders/orders-1");
        round(Duration.ofSeconds(1));

        assertThat(grays.get(READER, ORDERS, 2).status()).isEqualTo(Status.ROLLED_BACK);
        assertThat(grays.get(READER, ORDERS, 2).timeline().getLast().detail()).contains("1 of 1 applications");
        assertThat(content(FIRST)).isEqualTo("old");
    }

    @Test
    void beginsWithNoDocumentThatWouldNotBePublished() {
        new ItemSchemas(local.store).set(Callers.of(Role.ADMIN), ORDERS.namespace(), ORDERS.name().value(), 0,
                "{\"properties\": {\"limit\": {\"type\": \"integer\"}}}");

        assertThatThrownBy(() -> grays.start(EDITOR, ORDERS, 1L,
                new Publication(DocumentFormat.YAML, "limit: ten", null),
                new GrayPlan(List.of(step("orders-1")), true, 0, 0, 0))).isInstanceOf(InvalidDocumentException.class);
        assertThat(grays.list(READER, ORDERS)).isEmpty();
    }

    @Test
    void waitsForAsManyAsThePlanAsksFor() {
        start(1);
        round(BAKE);
        assertThat(grays.get(READER, ORDERS, 2).step()).isEqualTo(1);

        report("orders-1", 2, 2, true);
        driver.round();

        assertThat(grays.get(READER, ORDERS, 2).step()).isEqualTo(2);
        assertThat(grays.get(READER, ORDERS, 2).timeline().getLast().count().applied()).isEqualTo(1);
    }

    @Test
    void aPausedOneStaysButIsStillRolledBack() {
        start(0);
        GrayRelease paused = grays.pause(EDITOR, ORDERS, 2, 1, "lunch");
        round(BAKE.multipliedBy(3));
        assertThat(grays.get(READER, ORDERS, 2)).isEqualTo(paused);
        GrayRelease resumed = grays.resume(EDITOR, ORDERS, 2, 2, null);
        assertThat(resumed.stepSince()).isEqualTo(local.clock.instant());
        driver.round();
        assertThat(grays.get(READER, ORDERS, 2).step()).as("bakes anew").isEqualTo(1);

        grays.pause(EDITOR, ORDERS, 2, 3, null);
        report("orders-1", 2, 1, true, new BindingError("a", "b"));
        driver.round();

        assertThat(grays.get(READER, ORDERS, 2).status()).isEqualTo(Status.ROLLED_BACK);
    }

    @Test
    void somebodyMovesAndEndsIt() {
        grays.start(EDITOR, ORDERS, 1L, document("new"),
                new GrayPlan(List.of(step("orders-1"), step("orders-2")), false, 0, 0, 0));
        round(BAKE.multipliedBy(5));
        assertThat(content(SECOND)).as("not by itself").isEqualTo("old");
        grays.advance(EDITOR, ORDERS, 2, 1, "looks fine");
        assertThat(content(SECOND)).isEqualTo("new");
        assertState(() -> grays.advance(EDITOR, ORDERS, 2, 2, null));
        assertState(() -> grays.resume(EDITOR, ORDERS, 2, 2, null));

        GrayRelease aborted = grays.abort(EDITOR, ORDERS, 2, 2, "after all not");

        assertThat(aborted.status()).isEqualTo(Status.ABORTED);
        assertThat(aborted.timeline().getLast().detail()).isEqualTo("after all not");
        assertThat(content(SECOND)).isEqualTo("old");
        for (ThrowingCallable late : List.<ThrowingCallable>of(() -> grays.promote(EDITOR, ORDERS, 2, 3, null),
                () -> grays.pause(EDITOR, ORDERS, 2, 3, null), () -> grays.abort(EDITOR, ORDERS, 2, 3, null))) {
            assertState(late);
        }
    }

    @Test
    void nothingElseIsChangedOfTheItemMeanwhile() {
        start(0);

        for (ThrowingCallable change : List.<ThrowingCallable>of(
                () -> releases.publish(EDITOR, ORDERS, document("x"), new Expectation.Version(1)),
                () -> releases.delete(EDITOR, ORDERS, 1L), () -> releases.rollBack(EDITOR, ORDERS, 1L, 1, null),
                () -> start(0))) {
            assertThatThrownBy(change).isInstanceOf(GrayReleaseRunningException.class);
        }
    }

    @Test
    void refusesWhatIsNotAsBelieved() {
        assertThatThrownBy(() -> grays.start(EDITOR, ORDERS, 2L, document("new"), plan(0)))
                .isInstanceOf(VersionMismatchException.class);
        ItemKey never = new ItemKey(NamespaceName.DEFAULT, new ItemName("never"));
        assertThatThrownBy(() -> grays.start(EDITOR, never, null, document("new"), plan(0)))
                .isInstanceOf(ItemNotFoundException.class);
        assertThatThrownBy(() -> grays.start(READER, ORDERS, 1L, document("new"), plan(0)))
                .isInstanceOf(ForbiddenException.class);
        start(0);
        assertThatThrownBy(() -> grays.pause(EDITOR, ORDERS, 2, 7, null)).isInstanceOfSatisfying(
                GrayReleaseMismatchException.class, e -> assertThat(e.currentNumber()).isEqualTo(1));
        assertThatThrownBy(() -> grays.promote(EDITOR, ORDERS, 2, 7, null))
                .isInstanceOf(GrayReleaseMismatchException.class);
        assertThatThrownBy(() -> grays.abort(EDITOR, ORDERS, 9, 1, null))
                .isInstanceOf(GrayReleaseNotFoundException.class);
        assertThatThrownBy(() -> grays.get(READER, ORDERS, 1)).isInstanceOf(GrayReleaseNotFoundException.class);
        assertThatThrownBy(() -> grays.abort(READER, ORDERS, 2, 1, null)).isInstanceOf(ForbiddenException.class);
    }

    @Test
    void isRefusedWhereReviewIsAskedFor() {
        new NamespaceRules(local.store).set(Callers.of(Role.ADMIN), NamespaceName.DEFAULT, 0,
                new ReviewRules(true, 1, false, 0));

        assertThatThrownBy(() -> start(0)).isInstanceOf(ReviewRequiredException.class);
    }

    @Test
    void beginsWithAnApprovedChangeSetWhereReviewIsAskedFor() {
        new NamespaceRules(local.store).set(Callers.of(Role.ADMIN), NamespaceName.DEFAULT, 0,
                new ReviewRules(true, 1, true, 0));
        ChangeSetKey set = sets.create(EDITOR, NamespaceName.DEFAULT, new About("faster", null)).key();
        sets.saveDraft(EDITOR, set, 1, new ItemChange.Publish(ORDERS, document("new"), new Expectation.Version(1)));
        assertThatThrownBy(() -> grays.start(EDITOR, ORDERS, 1L, set, plan(0)))
                .isInstanceOf(NotApprovedException.class);
        reviews.request(EDITOR, set, 2);
        reviews.approve(EDITOR, set, 3, null);
        assertThatThrownBy(() -> grays.start(EDITOR, ORDERS, 2L, set, plan(0)))
                .isInstanceOf(ChangeSetStateException.class);

        GrayRelease release = grays.start(EDITOR, ORDERS, 1L, set, plan(0));

        assertThat(content(FIRST)).isEqualTo("new");
        assertThat(content(OTHER)).isEqualTo("old");
        assertThat(sets.get(READER, set).status()).isEqualTo(ChangeSet.Status.PUBLISHED);
        assertThat(sets.get(READER, set).published().getFirst().version()).isEqualTo(release.version());
        assertThat(grays.promote(EDITOR, ORDERS, 2, 1, null).status()).isEqualTo(Status.PROMOTED);
    }

    @Test
    void refusesAChangeSetThatSaysMore() {
        ChangeSetKey set = sets.create(EDITOR, NamespaceName.DEFAULT, new About("more", null)).key();
        sets.saveDraft(EDITOR, set, 1, new ItemChange.Delete(ORDERS, 1L, null));
        assertThatThrownBy(() -> grays.start(EDITOR, ORDERS, 1L, set, plan(0)))
                .isInstanceOf(ChangeSetStateException.class);
        ItemKey limits = new ItemKey(NamespaceName.DEFAULT, new ItemName("limits"));
        sets.saveDraft(EDITOR, set, 2, new ItemChange.Publish(limits, document("x"), new Expectation.Absent()));

        assertThatThrownBy(() -> grays.start(EDITOR, ORDERS, 1L, set, plan(0)))
                .isInstanceOf(ChangeSetStateException.class);
        assertThat(grays.list(READER, ORDERS)).isEmpty();
    }

    @Test
    void onlyTheLeaderActsAndANewOneWaitsABit() {
        start(0);
        leads.set(false);
        round(BAKE);
        assertThat(grays.get(READER, ORDERS, 2).step()).isEqualTo(1);

        GrayDriver another = driver();
        leads.set(true);
        another.round();
        assertThat(grays.get(READER, ORDERS, 2).step()).as("just begun to lead").isEqualTo(1);
        local.clock.advance(GrayDriver.SETTLE);
        another.round();
        assertThat(grays.get(READER, ORDERS, 2).step()).isEqualTo(2);

        report("orders-1", 2, 1, true, new BindingError("a", "b"));
        driver().round();
        assertThat(grays.get(READER, ORDERS, 2).status()).as("rolled back at once").isEqualTo(Status.ROLLED_BACK);
    }

    @Test
    void keepsTheLastOnesThatHaveEnded() {
        for (int i = 0; i < GrayReleases.KEPT + 3; i++) {
            GrayRelease release = start(0);
            grays.abort(EDITOR, ORDERS, release.version(), 1, null);
        }

        assertThat(grays.list(READER, ORDERS)).hasSize(GrayReleases.KEPT).first()
                .satisfies(newest -> assertThat(newest.version()).isEqualTo(GrayReleases.KEPT + 4L));
    }

    @Test
    void manyThatAreTakenBackLeaveTheCurrentVersionAlone() {
        for (int i = 0; i < ConfigReleases.MAX_HISTORY + 5; i++) {
            grays.abort(EDITOR, ORDERS, start(0).version(), 1, null);
        }

        assertThat(releases.getRelease(READER, ORDERS).content()).isEqualTo("old");
        long version = releases.publish(EDITOR, ORDERS, document("next"), new Expectation.Version(1)).release().entry()
                .version();
        assertThat(version).isEqualTo(ConfigReleases.MAX_HISTORY + 7L);
        assertThat(releases.listVersions(READER, ORDERS, 1_000, null).versions()).hasSize(ConfigReleases.MAX_HISTORY);
    }

    @Test
    void undeleteBringsBackWhatEverybodyHad() {
        grays.abort(EDITOR, ORDERS, start(0).version(), 1, null);
        releases.delete(EDITOR, ORDERS, 1L);

        assertThat(releases.undelete(EDITOR, ORDERS, 3L, null).content()).isEqualTo("old");
    }

    @Test
    void canBePausedOftenButNotForEver() {
        start(0);
        long number = 1;
        while (grays.get(READER, ORDERS, 2).hasRoom()) {
            grays.pause(EDITOR, ORDERS, 2, number, null);
            grays.resume(EDITOR, ORDERS, 2, number + 1, null);
            number += 2;
        }
        long last = number;

        assertState(() -> grays.pause(EDITOR, ORDERS, 2, last, null));
        grays.advance(EDITOR, ORDERS, 2, last, null);
        assertThat(grays.promote(EDITOR, ORDERS, 2, last + 1, null).timeline().size())
                .isLessThanOrEqualTo(GrayRelease.MAX_EVENTS);
    }

    /** Bytes that members have written: a change of them needs a new version of the record. */
    @Test
    void writesGrayReleasesAsEver() {
        GrayRelease release = new GrayRelease(ORDERS, 5, 4, 1, Status.RUNNING, "ann", Instant.ofEpochSecond(1), 1,
                Instant.ofEpochSecond(2),
                new GrayPlan(List.of(new GrayStep(Set.of("a"), List.of("10.0.0.0/8"), Map.of("l", "v"), null, BAKE)),
                        true, 3, 2, 1),
                List.of(new GrayEvent(Instant.ofEpochSecond(1), "ann", Kind.STARTED, 1, "why",
                        new dev.roster.server.config.delivery.Adoption.Count(5, 1, 2, 3, 4, 5))));
        String golden = "010a08020752554e4e494e4703616e6e02000204000106040201010161010a31302e302e302e302f3801016c01760178"
                + "0001020003616e6e0753544152544544020103776879020406080a";

        assertThat(HexFormat.of().formatHex(GrayRecord.write(release).toBytes())).isEqualTo(golden);
        start(0);
        KeyValue stored = local.store.view().find(GrayMark.of(ORDERS)).orElseThrow();
        assertThat(GrayRecord.read(ORDERS, new KeyValue(stored.key(), GrayRecord.write(release), stored.created(),
                stored.modified(), 1, stored.lease()))).isEqualTo(release);
    }

    private GrayRelease start(int minClients) {
        return grays.start(EDITOR, ORDERS, 1L, document("new"), plan(minClients));
    }

    private static GrayPlan plan(int minClients) {
        return new GrayPlan(List.of(step("orders-1"), step("orders-2")), true, minClients, 0, 0);
    }

    private static GrayStep step(String instance) {
        return new GrayStep(Set.of(instance), List.of(), Map.of(), null, BAKE);
    }

    private static GrayClient client(String instance) {
        return new GrayClient(instance, null, Map.of());
    }

    private static Publication document(String content) {
        return new Publication(DocumentFormat.TEXT, content, null);
    }

    private void round(Duration after) {
        local.clock.advance(after);
        driver.round();
    }

    private void report(String client, long fetched, long applied, boolean healthy, BindingError... errors) {
        reports.add(APPLICATION, new ClientReport(NamespaceName.DEFAULT, new ClientName(client), "orders", healthy,
                List.of(new ItemReport(ORDERS.name(), fetched, applied, List.of(errors)))));
    }

    private String content(GrayClient client) {
        return grays.getRelease(READER, ORDERS, client).content();
    }

    private List<Action> actions() {
        return releases.listVersions(READER, ORDERS, 10, null).versions().stream().map(ReleaseEntry::action).toList();
    }

    private static List<Kind> kinds(GrayRelease release) {
        return release.timeline().stream().map(GrayEvent::kind).toList();
    }

    private static void assertState(ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(GrayReleaseStateException.class);
    }
}
