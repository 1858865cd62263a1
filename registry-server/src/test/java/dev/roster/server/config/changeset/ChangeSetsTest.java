package dev.roster.server.config.changeset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roster.server.config.ConfigReleases;
import dev.roster.server.config.Expectation;
import dev.roster.server.config.InvalidDocumentException;
import dev.roster.server.config.ItemChange;
import dev.roster.server.config.ItemKey;
import dev.roster.server.config.ItemName;
import dev.roster.server.config.NamespaceRules;
import dev.roster.server.config.Publication;
import dev.roster.server.config.Release;
import dev.roster.server.config.ReviewRules;
import dev.roster.server.config.VersionMismatchException;
import dev.roster.server.config.changeset.ChangeSet.PublishedDraft;
import dev.roster.server.config.changeset.ChangeSet.Status;
import dev.roster.server.config.check.ApplicationMetadatas;
import dev.roster.server.config.check.ItemSchemas;
import dev.roster.server.config.format.DocumentFormat;
import dev.roster.server.fixture.Callers;
import dev.roster.server.fixture.LocalStore;
import dev.roster.server.security.AuditLog;
import dev.roster.server.security.Caller;
import dev.roster.server.security.ForbiddenException;
import dev.roster.server.security.InvalidArgumentException;
import dev.roster.server.security.NamespaceName;
import dev.roster.server.security.Role;
import dev.roster.server.store.KeyRange;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ChangeSetsTest {
    private static final NamespaceName NAMESPACE = NamespaceName.DEFAULT;
    private static final Caller ANN = editor("ann");
    private static final Caller BOB = editor("bob");
    private static final Caller EVE = editor("eve");
    private static final Caller READER = Callers.of(Role.READER);
    private static final ItemName A = new ItemName("a");
    private static final ItemName B = new ItemName("b");

    private final LocalStore local = new LocalStore();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final ConfigReleases releases = new ConfigReleases(local.store, local.clock, meters);
    private final NamespaceRules rules = new NamespaceRules(local.store);
    private final ChangeSets sets = new ChangeSets(local.store, local.clock);
    private final ChangeSetReviews reviews = new ChangeSetReviews(local.store, local.clock);
    private final ChangeSetPublisher publisher = new ChangeSetPublisher(local.store, releases, local.clock);
    private final ScheduledPublications scheduled = new ScheduledPublications(publisher, new AuditLog(), meters);

    @AfterEach
    void close() {
        local.close();
    }

    @Test
    void keepsDraftsUntilTheyArePublishedTogether() {
        ChangeSet set = sets.create(ANN, NAMESPACE, new About("Time-outs", "longer"));
        assertThat(set.key()).isEqualTo(new ChangeSetKey(NAMESPACE, 1));
        set = sets.saveDraft(ANN, set.key(), 1, publish(A, "x: 1", 0));
        set = sets.saveDraft(BOB, set.key(), 2, publish(B, "x: 2", 0));
        set = sets.saveDraft(BOB, set.key(), 3, publish(B, "x: 3", 0));

        assertThat(sets.get(READER, set.key())).isEqualTo(set);
        assertThat(set.drafts()).extracting(DraftEntry::item).containsExactly(A, B);
        assertThat(sets.getDraft(READER, set.key(), B).content()).isEqualTo("x: 3");
        assertThat(releases.findRelease(READER, item(A))).isEmpty();
        long before = local.revision();

        ChangeSet done = publisher.publish(ANN, set.key(), 4, Set.of());

        assertThat(local.revision()).isEqualTo(before + 1);
        assertThat(done.status()).isEqualTo(Status.PUBLISHED);
        assertThat(done.published()).containsExactly(new PublishedDraft(A, 1), new PublishedDraft(B, 1));
        assertThat(sets.get(READER, set.key())).isEqualTo(done);
        assertThat(releases.getRelease(READER, item(A)).entry().revision()).isEqualTo(before + 1);
        assertThat(releases.getRelease(READER, item(B)).content()).isEqualTo("x: 3");
        assertThat(local.store.view().count(KeyRange.prefix("config/draft/"))).isZero();
        assertThat(local.store.view().count(KeyRange.prefix("config/changeset-open/"))).isZero();
    }

    @Test
    void refusesADraftThatWouldNotBePublished() {
        ChangeSet set = sets.create(ANN, NAMESPACE, new About("Limits", null));
        ItemSchemas schemas = new ItemSchemas(local.store);
        schemas.set(Callers.of(Role.ADMIN), NAMESPACE, A.value(), 0,
                "{\"properties\": {\"limit\": {\"type\": \"integer\"}}}");
        new ApplicationMetadatas(local.store).set(ANN, NAMESPACE, B.value(), """
                {"properties": [{"name": "server.port", "type": "java.lang.Integer"}]}
                """, false, true);

        assertRefused(set, A, "x: 1\nlimit: ten\n", 2);
        assertRefused(set, B, "server:\n  prot: 8080\n", 2);
        assertRefused(set, B, "server.port: \"{secret}1\"\nserver.prot: \"{secret}2\"\n", 2);
        assertThat(sets.get(READER, set.key())).isEqualTo(set);

        ChangeSet saved = sets.saveDraft(ANN, set.key(), 1, yaml(A, "limit: 10\n"));
        schemas.set(Callers.of(Role.ADMIN), NAMESPACE, A.value(), 1,
                "{\"properties\": {\"limit\": {\"maximum\": 5}}}");
        assertThatThrownBy(() -> publisher.publish(ANN, set.key(), saved.number(), Set.of()))
                .as("the schema is another one by now").isInstanceOf(InvalidDocumentException.class);
    }

    private void assertRefused(ChangeSet set, ItemName item, String content, int line) {
        assertThatThrownBy(() -> sets.saveDraft(ANN, set.key(), set.number(), yaml(item, content)))
                .isInstanceOfSatisfying(InvalidDocumentException.class, e -> {
                    assertThat(e.flaw().line()).isEqualTo(line);
                    assertThat(e.line()).doesNotContain("{secret}");
                });
    }

    private static ItemChange yaml(ItemName item, String content) {
        return new ItemChange.Publish(new ItemKey(NAMESPACE, item),
                new Publication(DocumentFormat.YAML, content, null), new Expectation.Absent());
    }

    @Test
    void publishesEveryKindOfDraft() {
        put(A, "x: 1", 0);
        put(A, "x: 2", 1);
        put(B, "x: 1", 0);
        ItemName gone = new ItemName("gone");
        put(gone, "x: 1", 0);
        releases.delete(ANN, item(gone), 1L);
        ChangeSet set = set(new ItemChange.RollBack(item(A), 2L, 1, "2 was wrong"),
                new ItemChange.Delete(item(B), 1L, "unused"), new ItemChange.Undelete(item(gone), 2L, null));

        publisher.publish(ANN, set.key(), set.number(), Set.of());

        Release rolledBack = releases.getRelease(READER, item(A));
        assertThat(rolledBack.content()).isEqualTo("x: 1");
        assertThat(rolledBack.entry().comment()).isEqualTo("2 was wrong");
        assertThat(releases.findRelease(READER, item(B))).isEmpty();
        assertThat(releases.getRelease(READER, item(gone)).entry().restoredVersion()).isEqualTo(1);
    }

    @Test
    void publishesAPart() {
        ChangeSet set = set(publish(A, "x: 1", 0), publish(B, "x: 2", 0));

        ChangeSet rest = publisher.publish(ANN, set.key(), set.number(), Set.of(B));

        assertThat(rest.status()).isEqualTo(Status.OPEN);
        assertThat(rest.drafts()).extracting(DraftEntry::item).containsExactly(A);
        assertThat(releases.findRelease(READER, item(A))).isEmpty();
        assertThat(releases.findRelease(READER, item(B))).isPresent();
        assertUnchanged(() -> assertThatThrownBy(
                () -> publisher.publish(ANN, rest.key(), rest.number(), Set.of(A, B)))
                .isInstanceOf(DraftNotFoundException.class));
        assertThat(publisher.publish(ANN, rest.key(), rest.number(), Set.of(A)).published()).hasSize(2);
    }

    @Test
    void publishesNothingWhenAnItemHasChanged() {
        put(A, "x: 1", 0);
        ChangeSet set = set(publish(A, "x: 2", 1), publish(B, "x: 1", 0));
        put(A, "x: 3", 1);

        assertUnchanged(() -> assertThatThrownBy(() -> publisher.publish(ANN, set.key(), set.number(), Set.of()))
                .isInstanceOf(VersionMismatchException.class));
        ChangeSet rebased = sets.saveDraft(ANN, set.key(), set.number(), publish(A, "x: 4", 2));

        assertThat(publisher.publish(ANN, set.key(), rebased.number(), Set.of()).status()).isEqualTo(Status.PUBLISHED);
    }

    @Test
    void letsNobodyChangeWhatTheyHaveNotSeen() {
        ChangeSet set = set(publish(A, "x: 1", 0));

        assertUnchanged(() -> {
            assertMismatch(() -> sets.saveDraft(ANN, set.key(), 1, publish(A, "x: 2", 0)));
            assertMismatch(() -> sets.removeDraft(ANN, set.key(), 1, A));
            assertMismatch(() -> reviews.request(ANN, set.key(), 1));
            assertMismatch(() -> publisher.publish(ANN, set.key(), 3, Set.of()));
            assertMismatch(() -> publisher.schedule(ANN, set.key(), 1, later(60)));
            assertMismatch(() -> reviews.abandon(ANN, set.key(), 1));
        });
    }

    @Test
    void asksOthersForApproval() {
        askForReview(2);
        ChangeSet set = set(publish(A, "x: 1", 0));
        ChangeSet withBob = sets.saveDraft(BOB, set.key(), set.number(), publish(B, "x: 1", 0));
        assertNotApproved(withBob);

        ChangeSet asked = reviews.request(ANN, set.key(), withBob.number());
        assertUnchanged(() -> {
            for (Caller writer : List.of(ANN, BOB)) {
                assertThatThrownBy(() -> reviews.approve(writer, set.key(), asked.number(), null))
                        .isInstanceOf(OwnApprovalException.class);
            }
            assertThatThrownBy(() -> sets.saveDraft(ANN, set.key(), asked.number(), publish(A, "x: 9", 0)))
                    .isInstanceOf(ChangeSetStateException.class);
        });
        ChangeSet once = reviews.approve(EVE, set.key(), asked.number(), "fine");
        ChangeSet again = reviews.approve(EVE, set.key(), once.number(), "really");
        assertThat(again.status()).isEqualTo(Status.IN_REVIEW);
        assertThat(again.verdicts()).singleElement().satisfies(one -> assertThat(one.comment()).isEqualTo("really"));
        ChangeSet approved = reviews.approve(editor("mallory"), set.key(), again.number(), null);

        assertThat(approved.status()).isEqualTo(Status.APPROVED);
        assertThat(publisher.publish(ANN, set.key(), approved.number(), Set.of()).status()).isEqualTo(Status.PUBLISHED);
    }

    @Test
    void forgetsVerdictsWhenItIsOpenedAgain() {
        askForReview(1);
        ChangeSet asked = asked(set(publish(A, "x: 1", 0)));
        ChangeSet approved = reviews.approve(EVE, asked.key(), asked.number(), null);
        ChangeSet open = reviews.reopen(ANN, asked.key(), approved.number());

        assertThat(open.verdicts()).isEmpty();
        assertNotApproved(open);
        ChangeSet rejected = reviews.reject(EVE, asked.key(), asked(open).number(), "why so short?");
        assertThat(rejected.status()).isEqualTo(Status.REJECTED);
        assertUnchanged(() -> assertThatThrownBy(
                () -> publisher.publish(ANN, rejected.key(), rejected.number(), Set.of()))
                .isInstanceOf(ChangeSetStateException.class));
    }

    @Test
    void judgesByTheRulesThatHoldWhenItIsPublished() {
        ChangeSet asked = asked(set(publish(A, "x: 1", 0)));
        rules.set(Callers.of(Role.ADMIN), NAMESPACE, 0, new ReviewRules(false, 1, true, 0));
        ChangeSet approved = reviews.approve(ANN, asked.key(), asked.number(), null);
        assertThat(approved.status()).isEqualTo(Status.APPROVED);
        rules.set(Callers.of(Role.ADMIN), NAMESPACE, 1, new ReviewRules(true, 1, false, 0));

        assertNotApproved(approved);
    }

    @Test
    void publishesWhenItIsDue() {
        askForReview(1);
        ChangeSet asked = asked(set(publish(A, "x: 1", 0)));
        ChangeSet approved = reviews.approve(EVE, asked.key(), asked.number(), null);
        ChangeSet waiting = publisher.schedule(BOB, asked.key(), approved.number(), later(60).plusMillis(1));
        assertThat(waiting.schedule()).isEqualTo(new ChangeSet.Schedule(later(61), "bob"));

        local.clock.advance(Duration.ofSeconds(60));
        scheduled.round();
        assertThat(sets.get(READER, asked.key()).status()).isEqualTo(Status.SCHEDULED);
        local.clock.advance(Duration.ofSeconds(1));
        scheduled.round();

        assertThat(sets.get(READER, asked.key()).status()).isEqualTo(Status.PUBLISHED);
        assertThat(releases.getRelease(READER, item(A)).entry().publishedBy()).isEqualTo("bob");
        assertThat(count("done")).isEqualTo(1);
        assertUnchanged(scheduled::round);
        assertThat(local.store.view().count(KeyRange.prefix("config/changeset-due/"))).isZero();
    }

    @Test
    void saysWhyItCouldNotBePublishedWhenItWasDue() {
        ChangeSet set = set(publish(A, "x: 1", 0));
        publisher.schedule(ANN, set.key(), set.number(), later(60));
        put(A, "x: 2", 0);
        local.clock.advance(Duration.ofMinutes(2));

        scheduled.round();

        ChangeSet failed = sets.get(READER, set.key());
        assertThat(failed.status()).isEqualTo(Status.OPEN);
        assertThat(failed.failure()).isEqualTo("item default/a is at 1");
        assertThat(failed.drafts()).hasSize(1);
        assertThat(count("failed")).isEqualTo(1);
        assertUnchanged(scheduled::round);
        assertThat(sets.saveDraft(ANN, set.key(), failed.number(), publish(A, "x: 1", 1)).failure()).isNull();
    }

    @Test
    void doesNotPublishWhatWasTakenBack() {
        ChangeSet set = set(publish(A, "x: 1", 0));
        ChangeSet waiting = publisher.schedule(ANN, set.key(), set.number(), later(60));
        ChangeSet open = reviews.reopen(ANN, set.key(), waiting.number());
        local.clock.advance(Duration.ofMinutes(2));

        assertUnchanged(scheduled::round);
        assertThat(sets.get(READER, set.key())).isEqualTo(open);
        ChangeSet again = publisher.schedule(ANN, set.key(), open.number(), later(60));
        assertThat(reviews.abandon(ANN, set.key(), again.number()).status()).isEqualTo(Status.ABANDONED);
        local.clock.advance(Duration.ofMinutes(2));
        assertUnchanged(scheduled::round);
    }

    @Test
    void schedulesOnlyAheadAndNotTooFar() {
        ChangeSet set = set(publish(A, "x: 1", 0));

        assertUnchanged(() -> {
            for (Instant at : List.of(later(0), later(-1), later(367L * 24 * 3600))) {
                assertThatThrownBy(() -> publisher.schedule(ANN, set.key(), set.number(), at))
                        .isInstanceOfSatisfying(InvalidArgumentException.class,
                                e -> assertThat(e.field()).isEqualTo("publishAt"));
            }
        });
    }

    @Test
    void doesNothingWithWhatIsFinished() {
        ChangeSet set = set(publish(A, "x: 1", 0));
        ChangeSet done = reviews.abandon(ANN, set.key(), set.number());

        assertThat(done.drafts()).isEmpty();
        assertThat(local.store.view().count(KeyRange.prefix("config/draft/"))).isZero();
        assertUnchanged(() -> {
            for (ThrowingCallable step : List.<ThrowingCallable>of(
                    () -> sets.saveDraft(ANN, set.key(), done.number(), publish(A, "x: 1", 0)),
                    () -> sets.removeDraft(ANN, set.key(), done.number(), A),
                    () -> reviews.request(ANN, set.key(), done.number()),
                    () -> reviews.approve(EVE, set.key(), done.number(), null),
                    () -> reviews.reject(EVE, set.key(), done.number(), null),
                    () -> reviews.reopen(ANN, set.key(), done.number()),
                    () -> reviews.abandon(ANN, set.key(), done.number()),
                    () -> publisher.publish(ANN, set.key(), done.number(), Set.of()),
                    () -> publisher.schedule(ANN, set.key(), done.number(), later(60)))) {
                assertThatThrownBy(step).isInstanceOfSatisfying(ChangeSetStateException.class,
                        e -> assertThat(e.status()).isEqualTo(Status.ABANDONED));
            }
        });
    }

    @Test
    void reviewsAndPublishesNothingThatIsEmpty() {
        ChangeSet set = set(publish(A, "x: 1", 0));
        ChangeSet empty = sets.removeDraft(ANN, set.key(), set.number(), A);

        assertUnchanged(() -> {
            assertThatThrownBy(() -> reviews.request(ANN, set.key(), empty.number()))
                    .isInstanceOf(ChangeSetStateException.class);
            assertThatThrownBy(() -> publisher.publish(ANN, set.key(), empty.number(), Set.of()))
                    .isInstanceOf(ChangeSetStateException.class);
            assertThatThrownBy(() -> sets.getDraft(ANN, set.key(), A)).isInstanceOf(DraftNotFoundException.class);
        });
    }

    @Test
    void takesTwoHundredDraftsButNoMore() {
        ChangeSet set = sets.create(ANN, NAMESPACE, new About("many", null));
        for (int i = 0; i < 200; i++) {
            ItemName name = new ItemName("item-" + i);
            put(name, "x: 1", 0);
            set = sets.saveDraft(ANN, set.key(), set.number(), publish(name, "x: 2", 1));
        }
        ChangeSet full = set;

        assertUnchanged(() -> assertThatThrownBy(
                () -> sets.saveDraft(ANN, full.key(), full.number(), publish(A, "x: 1", 0)))
                .isInstanceOf(InvalidArgumentException.class));
        ChangeSet rest = publisher.publish(ANN, full.key(), full.number(),
                Set.copyOf(IntStream.range(1, 200).mapToObj(i -> new ItemName("item-" + i)).toList()));
        assertThat(rest.drafts()).hasSize(1);
        assertThat(rest.published()).hasSize(199);
    }

    @Test
    void boundsWhatDraftsHoldTogether() {
        String large = "x: " + "y".repeat(800 * 1024);
        ChangeSet set = set(publish(A, large, 0));

        assertUnchanged(() -> assertThatThrownBy(
                () -> sets.saveDraft(ANN, set.key(), set.number(), publish(B, large, 0)))
                .isInstanceOf(InvalidArgumentException.class));
    }

    @Test
    void boundsOpenChangeSets() {
        for (int i = 0; i < ChangeSets.MAX_OPEN; i++) {
            sets.create(ANN, NAMESPACE, new About("set", null));
        }

        assertUnchanged(() -> assertThatThrownBy(() -> sets.create(ANN, NAMESPACE, new About("one more", null)))
                .isInstanceOf(TooManyChangeSetsException.class));
        sets.create(ANN, new NamespaceName("other"), new About("elsewhere", null));
        reviews.abandon(ANN, new ChangeSetKey(NAMESPACE, 7), 1);
        assertThat(sets.create(ANN, NAMESPACE, new About("again", null)).key().id()).isEqualTo(201);
    }

    @Test
    void keepsTheLastThousandAndAllThatAreOpen() {
        sets.create(ANN, NAMESPACE, new About("stays open", null));
        for (int id = 2; id <= 1100; id++) {
            reviews.abandon(ANN, sets.create(ANN, NAMESPACE, new About("set " + id, null)).key(), 1);
        }

        ChangeSetPage first = sets.list(READER, NAMESPACE, 900, null);
        ChangeSetPage rest = sets.list(READER, NAMESPACE, 900, new ChangeSetPage.Position(first.revision(),
                first.sets().getLast().key().id()));

        assertThat(first.sets()).hasSize(900).first().satisfies(set -> assertThat(set.key().id()).isEqualTo(1100));
        assertThat(first.more()).isTrue();
        assertThat(rest.more()).isFalse();
        assertThat(rest.sets()).hasSize(101);
        assertThat(rest.sets().getLast().key().id()).isEqualTo(1);
        assertThatThrownBy(() -> sets.get(READER, new ChangeSetKey(NAMESPACE, 2)))
                .isInstanceOf(ChangeSetNotFoundException.class);
    }

    @Test
    void needsTheRoleOfAnEditor() {
        ChangeSet set = set(publish(A, "x: 1", 0));

        assertUnchanged(() -> {
            for (ThrowingCallable step : List.<ThrowingCallable>of(
                    () -> sets.create(READER, NAMESPACE, new About("x", null)),
                    () -> sets.saveDraft(READER, set.key(), 2, publish(A, "x: 1", 0)),
                    () -> sets.removeDraft(READER, set.key(), 2, A), () -> reviews.request(READER, set.key(), 2),
                    () -> reviews.approve(READER, set.key(), 2, null),
                    () -> reviews.reject(READER, set.key(), 2, null), () -> reviews.reopen(READER, set.key(), 2),
                    () -> reviews.abandon(READER, set.key(), 2),
                    () -> publisher.publish(READER, set.key(), 2, Set.of()),
                    () -> publisher.schedule(READER, set.key(), 2, later(60)))) {
                assertThatThrownBy(step).isInstanceOf(ForbiddenException.class);
            }
        });
    }

    @Test
    void refusesTextsThatAreTooLong() {
        assertThatThrownBy(() -> new About(" ", null)).isInstanceOf(InvalidArgumentException.class);
        assertThatThrownBy(() -> new About("x".repeat(201), null)).isInstanceOf(InvalidArgumentException.class);
        assertThatThrownBy(() -> new About("x", "x".repeat(4001))).isInstanceOf(InvalidArgumentException.class);
        assertThatThrownBy(() -> new About("\uD800", null)).isInstanceOf(InvalidArgumentException.class);
    }

    private void askForReview(int approvals) {
        rules.set(Callers.of(Role.ADMIN), NAMESPACE, 0, new ReviewRules(true, approvals, false, 0));
    }

    private ChangeSet asked(ChangeSet set) {
        return reviews.request(ANN, set.key(), set.number());
    }

    private ChangeSet set(ItemChange... changes) {
        ChangeSet set = sets.create(ANN, NAMESPACE, new About("set", null));
        for (ItemChange change : changes) {
            set = sets.saveDraft(ANN, set.key(), set.number(), change);
        }
        return set;
    }

    private void put(ItemName name, String content, long base) {
        releases.apply(ANN, List.of(publish(name, content, base)));
    }

    private Instant later(long seconds) {
        return local.clock.instant().plusSeconds(seconds);
    }

    private double count(String outcome) {
        return meters.get("roster.config.scheduled").tag("outcome", outcome).counter().count();
    }

    private void assertNotApproved(ChangeSet set) {
        assertUnchanged(() -> {
            assertThatThrownBy(() -> publisher.publish(ANN, set.key(), set.number(), Set.of()))
                    .isInstanceOf(NotApprovedException.class);
            assertThatThrownBy(() -> publisher.schedule(ANN, set.key(), set.number(), later(60)))
                    .isInstanceOf(NotApprovedException.class);
        });
    }

    private void assertMismatch(ThrowingCallable step) {
        assertThatThrownBy(step).isInstanceOfSatisfying(ChangeSetMismatchException.class,
                e -> assertThat(e.currentNumber()).isEqualTo(2));
    }

    private void assertUnchanged(Runnable refused) {
        long before = local.revision();
        refused.run();
        assertThat(local.revision()).isEqualTo(before);
    }

    private static ItemChange publish(ItemName name, String content, long base) {
        return new ItemChange.Publish(item(name), new Publication(DocumentFormat.YAML, content, null),
                base == 0 ? new Expectation.Absent() : new Expectation.Version(base));
    }

    private static ItemKey item(ItemName name) {
        return new ItemKey(NAMESPACE, name);
    }

    private static Caller editor(String name) {
        return new Caller(name, Role.EDITOR, Caller.Means.TOKEN, "127.0.0.1", null);
    }
}
