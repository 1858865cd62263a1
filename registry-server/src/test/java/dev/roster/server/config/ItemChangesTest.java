package dev.roster.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roster.server.config.ReleaseEntry.Action;
import dev.roster.server.config.format.DocumentFormat;
import dev.roster.server.fixture.Callers;
import dev.roster.server.fixture.LocalStore;
import dev.roster.server.security.Caller;
import dev.roster.server.security.ForbiddenException;
import dev.roster.server.security.InvalidArgumentException;
import dev.roster.server.security.NamespaceName;
import dev.roster.server.security.Role;
import dev.roster.server.store.ForwardingStore;
import dev.roster.server.store.Txn;
import dev.roster.server.store.TxnResult;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Changes of many items that are made together or not at all, and what namespaces ask of them. */
class ItemChangesTest {
    private static final Caller EDITOR = Callers.of(Role.EDITOR);
    private static final Caller ADMIN = Callers.of(Role.ADMIN);
    private static final Expectation NEW = new Expectation.Absent();

    private final LocalStore local = new LocalStore();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final ConfigReleases releases = new ConfigReleases(local.store, local.clock, meters);
    private final NamespaceRules rules = new NamespaceRules(local.store);

    @AfterEach
    void close() {
        local.close();
    }

    @Test
    void makesAllChangesAtOneRevision() {
        releases.apply(EDITOR, List.of(publish("a", "x: 1", NEW), publish("b", "x: 1", NEW)));
        releases.apply(EDITOR, List.of(publish("b", "x: 2", new Expectation.Version(1))));
        long before = local.revision();

        List<Published> made = releases.apply(EDITOR, List.of(publish("c", "x: 3", NEW),
                new ItemChange.Delete(item("a"), 1L, "unused"),
                new ItemChange.RollBack(item("b"), 2L, 1, null)));

        assertThat(local.revision()).isEqualTo(before + 1);
        assertThat(made).extracting(one -> one.release().item().name().value()).containsExactly("c", "a", "b");
        assertThat(made).extracting(one -> one.release().entry().revision()).containsOnly(before + 1);
        assertThat(made).extracting(one -> one.release().entry().action()).containsExactly(Action.PUBLISHED,
                Action.DELETED, Action.ROLLED_BACK);
        assertThat(made.get(1).release().entry().comment()).isEqualTo("unused");
        assertThat(releases.getRelease(EDITOR, item("b")).content()).isEqualTo("x: 1");
        assertThat(releases.findRelease(EDITOR, item("a"))).isEmpty();
        assertThat(meters.get("roster.config.versions").tag("action", "deleted").counter().count()).isEqualTo(1);
    }

    @Test
    void changesNothingIfOneIsRefused() {
        releases.apply(EDITOR, List.of(publish("a", "x: 1", NEW)));
        long before = local.revision();

        assertThatThrownBy(() -> releases.apply(EDITOR, List.of(publish("b", "x: 1", NEW), publish("a", "x: 2", NEW))))
                .isInstanceOfSatisfying(VersionMismatchException.class, e -> assertThat(e.item()).isEqualTo(item("a")));
        assertThatThrownBy(() -> releases.apply(Callers.of(Role.APPLICATION), List.of(publish("b", "x: 1", NEW))))
                .isInstanceOf(ForbiddenException.class);

        assertThat(local.revision()).isEqualTo(before);
        assertThat(releases.findRelease(EDITOR, item("b"))).isEmpty();
    }

    @Test
    void takesTwoHundredChangesButNoMore() {
        List<ItemChange> most = new ArrayList<>();
        IntStream.range(0, 200).forEach(i -> most.add(publish("item-" + i, "x: " + i, NEW)));

        assertThat(releases.apply(EDITOR, most)).hasSize(200);

        // Each now also drops a version and ends a deletion: the most that a change can take of a transaction.
        IntStream.range(0, 200).forEach(i -> releases.delete(EDITOR, item("item-" + i), 1L));
        assertThat(releases.apply(EDITOR, most)).hasSize(200);

        most.add(publish("one-more", "x: 1", NEW));
        assertInvalid(most, "201 changes");
        assertInvalid(List.of(), "0 changes");
        assertInvalid(List.of(publish("a", "x: 1", NEW), new ItemChange.Delete(item("a"), 1L, null)), "default/a");
    }

    @Test
    void boundsTheContentOfAllChanges() {
        String large = "x: " + "y".repeat(800 * 1024);

        assertInvalid(List.of(publish("a", large, NEW), publish("b", large, NEW)),
                2 * large.length() + " bytes of content");
        assertThat(releases.apply(EDITOR, List.of(publish("a", large, NEW), publish("b", "x: 1", NEW)))).hasSize(2);
    }

    @Test
    void decidesAnewWhenAnItemChangesMeanwhile() {
        releases.apply(EDITOR, List.of(publish("a", "x: 1", NEW)));
        List<String> meanwhile = new ArrayList<>(List.of("once"));
        ConfigReleases raced = new ConfigReleases(new ForwardingStore(local.store) {
            @Override
            public CompletableFuture<TxnResult> commit(Txn txn) {
                if (!meanwhile.isEmpty()) {
                    meanwhile.clear();
                    releases.apply(EDITOR, List.of(publish("a", "x: 2", new Expectation.Version(1))));
                }
                return super.commit(txn);
            }
        }, local.clock, meters);

        assertThatThrownBy(() -> raced.apply(EDITOR,
                List.of(publish("b", "x: 1", NEW), publish("a", "x: 3", new Expectation.Version(1)))))
                .isInstanceOfSatisfying(VersionMismatchException.class,
                        e -> assertThat(e.currentVersion()).isEqualTo(2));
        assertThat(releases.findRelease(EDITOR, item("b"))).isEmpty();
    }

    @Test
    void publishesNothingPastAReview() {
        ReviewRules review = new ReviewRules(true, 2, false, 0);
        releases.apply(EDITOR, List.of(publish("a", "x: 1", NEW)));

        assertThat(rules.get(EDITOR, NamespaceName.DEFAULT)).isEqualTo(ReviewRules.DEFAULT);
        assertThat(rules.set(ADMIN, NamespaceName.DEFAULT, 0, review)).isEqualTo(new ReviewRules(true, 2, false, 1));

        assertReviewRequired(() -> releases.publish(EDITOR, item("b"), document("x: 1"), NEW));
        assertReviewRequired(() -> releases.publish(ADMIN, item("b"), document("x: 1"), NEW));
        assertReviewRequired(() -> releases.delete(EDITOR, item("a"), 1L));
        assertReviewRequired(() -> releases.rollBack(EDITOR, item("a"), 1L, 1, null));
        assertThat(releases.publish(EDITOR, new ItemKey(new NamespaceName("other"), new ItemName("b")),
                document("x: 1"), NEW).first()).isTrue();
    }

    @Test
    void doesNotOverwriteRulesThatNobodyHasSeen() {
        rules.set(ADMIN, NamespaceName.DEFAULT, 0, new ReviewRules(true, 1, true, 0));

        assertThatThrownBy(() -> rules.set(ADMIN, NamespaceName.DEFAULT, 0, ReviewRules.DEFAULT))
                .isInstanceOfSatisfying(RulesMismatchException.class, e -> assertThat(e.currentNumber()).isEqualTo(1));
        assertThatThrownBy(() -> rules.set(EDITOR, NamespaceName.DEFAULT, 1, ReviewRules.DEFAULT))
                .isInstanceOf(ForbiddenException.class);
        assertThatThrownBy(() -> new ReviewRules(true, 6, false, 0)).isInstanceOf(InvalidArgumentException.class);
        assertThat(rules.get(EDITOR, NamespaceName.DEFAULT)).isEqualTo(new ReviewRules(true, 1, true, 1));
    }

    private void assertReviewRequired(ThrowingCallable change) {
        long before = local.revision();
        assertThatThrownBy(change).isInstanceOf(ReviewRequiredException.class);
        assertThat(local.revision()).isEqualTo(before);
    }

    private void assertInvalid(List<ItemChange> changes, String value) {
        assertThatThrownBy(() -> releases.apply(EDITOR, changes)).isInstanceOfSatisfying(InvalidArgumentException.class,
                e -> {
                    assertThat(e.field()).isEqualTo("changes");
                    assertThat(e.value()).isEqualTo(value);
                });
    }

    private static ItemChange publish(String name, String content, Expectation expected) {
        return new ItemChange.Publish(item(name), document(content), expected);
    }

    private static Publication document(String content) {
        return new Publication(DocumentFormat.YAML, content, null);
    }

    private static ItemKey item(String name) {
        return new ItemKey(NamespaceName.DEFAULT, new ItemName(name));
    }
}
