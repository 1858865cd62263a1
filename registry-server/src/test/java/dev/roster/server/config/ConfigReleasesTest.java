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
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConfigReleasesTest {
    private static final Caller EDITOR = Callers.of(Role.EDITOR);
    private static final Caller READER = Callers.of(Role.READER);
    private static final ItemKey ITEM = item("orders");
    private static final Expectation NONE = new Expectation.Unstated();

    private final LocalStore local = new LocalStore();
    private final ConfigReleases releases = new ConfigReleases(local.store, local.clock, new SimpleMeterRegistry());

    @AfterEach
    void close() {
        local.close();
    }

    @Test
    void findsWhatWasPublished() {
        Published published = releases.publish(EDITOR, ITEM, new Publication(DocumentFormat.YAML, "a: 1\n", "first"),
                NONE);

        assertThat(published.first()).isTrue();
        Release release = published.release();
        assertThat(release.content()).isEqualTo("a: 1\n");
        assertThat(release.entry()).isEqualTo(new ReleaseEntry(1, Action.PUBLISHED, DocumentFormat.YAML,
                "37b128c59f1f5097f73f82691cb519f1f568667faab5ced1b4ab979d36837eae", null, "first",
                local.clock.instant(),
                "the-editor", local.revision()));
        assertThat(releases.getRelease(READER, ITEM)).isEqualTo(release);
        assertThat(releases.getVersion(READER, ITEM, 1)).isEqualTo(release);
    }

    @Test
    void countsVersions() {
        publish("a: 1", NONE);
        local.clock.advance(Duration.ofMinutes(1));

        Published second = publish("a: 2", new Expectation.Version(1));

        assertThat(second.first()).isFalse();
        assertThat(second.release().entry().version()).isEqualTo(2);
        assertThat(releases.getRelease(READER, ITEM).content()).isEqualTo("a: 2");
        assertThat(releases.getVersion(READER, ITEM, 1).content()).isEqualTo("a: 1");
        assertThat(versions(100)).extracting(ReleaseEntry::version).containsExactly(2L, 1L);
    }

    @Test
    void demandsAVersionForAnItemThatExists() {
        publish("a: 1", NONE);

        assertUnchanged(() -> assertThatThrownBy(() -> publish("a: 2", NONE)).isInstanceOfSatisfying(
                VersionRequiredException.class, e -> assertThat(e.currentVersion()).isEqualTo(1)));
    }

    @Test
    void refusesAStaleVersion() {
        publish("a: 1", NONE);
        publish("a: 2", new Expectation.Version(1));

        assertUnchanged(() -> {
            assertMismatch(() -> publish("a: 3", new Expectation.Version(1)), 2L);
            assertMismatch(() -> publish("a: 3", new Expectation.Version(3)), 2L);
            assertMismatch(() -> publish("a: 3", new Expectation.Absent()), 2L);
            assertMismatch(() -> releases.rollBack(EDITOR, ITEM, 1L, 1, null), 2L);
            assertMismatch(() -> releases.delete(EDITOR, ITEM, 1L), 2L);
        });
    }

    @Test
    void refusesAVersionOfAnItemThatDoesNotExist() {
        assertMismatch(() -> publish("a: 1", new Expectation.Version(1)), null);
        assertThat(publish("a: 1", new Expectation.Absent()).first()).isTrue();
    }

    @Test
    void rollsBackByPublishingAgain() {
        releases.publish(EDITOR, ITEM, new Publication(DocumentFormat.PROPERTIES, "a=1", null), NONE);
        publish("a: 2", new Expectation.Version(1));

        Release restored = releases.rollBack(EDITOR, ITEM, 2L, 1, "2 was wrong");

        assertThat(restored.content()).isEqualTo("a=1");
        assertThat(restored.entry().version()).isEqualTo(3);
        assertThat(restored.entry().format()).isEqualTo(DocumentFormat.PROPERTIES);
        assertThat(restored.entry().action()).isEqualTo(Action.ROLLED_BACK);
        assertThat(restored.entry().restoredVersion()).isEqualTo(1);
        assertThat(restored.entry().comment()).isEqualTo("2 was wrong");
        assertThat(releases.getRelease(READER, ITEM)).isEqualTo(restored);
        assertThat(releases.getVersion(READER, ITEM, 2).content()).isEqualTo("a: 2");
    }

    @Test
    void refusesToRollBackToWhatThereIsNot() {
        publish("a: 1", NONE);
        releases.delete(EDITOR, ITEM, 1L);
        publish("a: 3", NONE);

        assertUnchanged(() -> {
            for (long version : new long[]{0, 2, 4, Long.MAX_VALUE}) {
                assertThatThrownBy(() -> releases.rollBack(EDITOR, ITEM, 3L, version, null))
                        .isInstanceOfSatisfying(VersionNotFoundException.class,
                                e -> assertThat(e.version()).isEqualTo(version));
            }
            assertThatThrownBy(() -> releases.rollBack(EDITOR, item("other"), 1L, 1, null))
                    .isInstanceOf(ItemNotFoundException.class);
            assertThatThrownBy(() -> releases.rollBack(EDITOR, ITEM, null, 1, null))
                    .isInstanceOf(VersionRequiredException.class);
            assertThatThrownBy(() -> releases.rollBack(EDITOR, ITEM, 3L, 1, "x".repeat(501)))
                    .isInstanceOf(InvalidArgumentException.class);
        });
    }

    @Test
    void keepsTheHistoryOfADeletedItem() {
        publish("a: 1", NONE);

        ReleaseEntry deletion = releases.delete(EDITOR, ITEM, 1L);

        assertThat(deletion.version()).isEqualTo(2);
        assertThat(deletion.action()).isEqualTo(Action.DELETED);
        assertThat(deletion.contentHash()).startsWith("e3b0c44298fc1c14");
        assertThat(releases.findRelease(READER, ITEM)).isEmpty();
        assertThatThrownBy(() -> releases.getRelease(READER, ITEM)).isInstanceOf(ItemNotFoundException.class);
        assertThat(versions(100)).extracting(ReleaseEntry::action).containsExactly(Action.DELETED, Action.PUBLISHED);
        assertThat(releases.getVersion(READER, ITEM, 1).content()).isEqualTo("a: 1");
        assertThatThrownBy(() -> releases.getVersion(READER, ITEM, 2)).isInstanceOf(VersionNotFoundException.class);
        assertThatThrownBy(() -> releases.delete(EDITOR, ITEM, 2L)).isInstanceOf(ItemNotFoundException.class);
    }

    @Test
    void goesOnCountingAfterADeletion() {
        publish("a: 1", NONE);
        releases.delete(EDITOR, ITEM, 1L);

        assertMismatch(() -> publish("a: 3", new Expectation.Version(2)), null);
        Published again = publish("a: 3", new Expectation.Absent());

        assertThat(again.first()).isTrue();
        assertThat(again.release().entry().version()).isEqualTo(3);
        assertThat(versions(100)).extracting(ReleaseEntry::version).containsExactly(3L, 2L, 1L);
    }

    @Test
    void refusesToDeleteWithoutAVersion() {
        publish("a: 1", NONE);

        assertUnchanged(() -> {
            assertThatThrownBy(() -> releases.delete(EDITOR, ITEM, null)).isInstanceOf(VersionRequiredException.class);
            assertThatThrownBy(() -> releases.delete(EDITOR, item("other"), null))
                    .isInstanceOf(ItemNotFoundException.class);
        });
    }

    @Test
    void bringsBackWhatADeletedItemHadLast() {
        publish("a: 1", NONE);
        publish("a: 2", new Expectation.Version(1));
        releases.delete(EDITOR, ITEM, 2L);

        Release back = releases.undelete(EDITOR, ITEM, 3L, "a mistake");

        assertThat(back.content()).isEqualTo("a: 2");
        assertThat(back.entry().version()).isEqualTo(4);
        assertThat(back.entry().action()).isEqualTo(Action.ROLLED_BACK);
        assertThat(back.entry().restoredVersion()).isEqualTo(2);
        assertThat(releases.getRelease(READER, ITEM)).isEqualTo(back);
    }

    @Test
    void refusesToBringBackWhatIsNotDeleted() {
        publish("a: 1", NONE);
        publish(item("gone"), "a: 1");
        releases.delete(EDITOR, item("gone"), 1L);

        assertUnchanged(() -> {
            assertMismatch(() -> releases.undelete(EDITOR, ITEM, 1L, null), 1L);
            assertThatThrownBy(() -> releases.undelete(EDITOR, item("never"), 1L, null))
                    .isInstanceOf(ItemNotFoundException.class);
            assertMismatch(() -> releases.undelete(EDITOR, item("gone"), 1L, null), 2L);
            assertThatThrownBy(() -> releases.undelete(EDITOR, item("gone"), null, null))
                    .isInstanceOfSatisfying(VersionRequiredException.class,
                            e -> assertThat(e.currentVersion()).isEqualTo(2));
            assertThatThrownBy(() -> releases.undelete(READER, item("gone"), 2L, null))
                    .isInstanceOf(ForbiddenException.class);
        });
    }

    @Test
    void keepsTheLastVersionsOnly() {
        publish("a: 1", NONE);
        for (int version = 2; version <= 150; version++) {
            publish("a: " + version, new Expectation.Version(version - 1));
        }

        List<ReleaseEntry> kept = versions(1000);

        assertThat(kept).extracting(ReleaseEntry::version)
                .containsExactlyElementsOf(LongStream.iterate(150, v -> v - 1).limit(100).boxed().toList());
        assertThatThrownBy(() -> releases.getVersion(READER, ITEM, 50)).isInstanceOf(VersionNotFoundException.class);
        assertThat(releases.getVersion(READER, ITEM, 51).content()).isEqualTo("a: 51");
    }

    @Test
    void showsOneRevisionOnAllPagesOfAHistory() {
        publish("a: 1", NONE);
        for (int version = 2; version <= 25; version++) {
            publish("a: " + version, new Expectation.Version(version - 1));
        }
        HistoryPage page = releases.listVersions(READER, ITEM, 10, null);
        publish("a: 26", new Expectation.Version(25));

        List<Long> listed = new ArrayList<>(numbers(page));
        while (page.more()) {
            page = releases.listVersions(READER, ITEM, 10,
                    new HistoryPage.Position(page.revision(), page.versions().getLast().version()));
            listed.addAll(numbers(page));
        }

        assertThat(listed).containsExactlyElementsOf(LongStream.iterate(25, v -> v - 1).limit(25).boxed().toList());
        assertThatThrownBy(() -> releases.listVersions(READER, item("other"), 10, null))
                .isInstanceOf(ItemNotFoundException.class);
    }

    @Test
    void listsItemsByNameAndNotDeletedOnes() {
        for (String name : List.of("orders-prod", "orders", "application", "orders.x", "Z")) {
            releases.publish(EDITOR, item(name), new Publication(DocumentFormat.TEXT, name, null), NONE);
        }
        releases.delete(EDITOR, item("orders-prod"), 1L);
        releases.publish(EDITOR, new ItemKey(new NamespaceName("other"), new ItemName("x")),
                new Publication(DocumentFormat.TEXT, "", null), NONE);

        assertThat(names("", null)).containsExactly("Z", "application", "orders", "orders.x");
        assertThat(names("orders", null)).containsExactly("orders", "orders.x");
        assertThat(names("", new ItemPage.Position(local.revision(), new ItemName("orders"))))
                .containsExactly("orders.x");
        assertThat(names("orders", new ItemPage.Position(local.revision(), new ItemName("zz")))).isEmpty();
        assertThat(names("a", new ItemPage.Position(local.revision(), new ItemName("A")))).containsExactly(
                "application");
        assertThat(new ConfigView(local.store.view()).namespaces()).containsExactly(NamespaceName.DEFAULT,
                new NamespaceName("other"));
        ItemPage first = releases.listItems(READER, NamespaceName.DEFAULT, "", 2, null);
        assertThat(first.more()).isTrue();
        assertThat(first.items()).hasSize(2);
        assertThat(first.items().getFirst().current().version()).isEqualTo(1);
    }

    @Test
    void refusesAPrefixThatIsNoName() {
        assertThatThrownBy(() -> names("a/", null)).isInstanceOf(InvalidArgumentException.class);
    }

    @Test
    void demandsTheRoleOfAnEditorForChanges() {
        Caller application = Callers.of(Role.APPLICATION);
        Publication publication = new Publication(DocumentFormat.TEXT, "", null);

        assertThatThrownBy(() -> releases.publish(application, ITEM, publication, NONE))
                .isInstanceOf(ForbiddenException.class);
        assertThatThrownBy(() -> releases.rollBack(application, ITEM, 1L, 1, null))
                .isInstanceOf(ForbiddenException.class);
        assertThatThrownBy(() -> releases.delete(application, ITEM, 1L)).isInstanceOf(ForbiddenException.class);
        assertThat(local.revision()).isZero();
    }

    private Published publish(String content, Expectation expected) {
        return releases.publish(EDITOR, ITEM, new Publication(DocumentFormat.YAML, content, null), expected);
    }

    private List<ReleaseEntry> versions(int limit) {
        return releases.listVersions(READER, ITEM, limit, null).versions();
    }

    private static List<Long> numbers(HistoryPage page) {
        return page.versions().stream().map(ReleaseEntry::version).toList();
    }

    private List<String> names(String prefix, ItemPage.Position from) {
        return releases.listItems(READER, NamespaceName.DEFAULT, prefix, 100, from).items().stream()
                .map(entry -> entry.item().name().value()).toList();
    }

    private void assertUnchanged(Runnable refused) {
        long revision = local.revision();
        refused.run();
        assertThat(local.revision()).isEqualTo(revision);
    }

    private static void assertMismatch(Runnable change, Long current) {
        assertThatThrownBy(change::run).isInstanceOfSatisfying(VersionMismatchException.class,
                e -> assertThat(e.currentVersion()).isEqualTo(current));
    }

    private static ItemKey item(String name) {
        return new ItemKey(NamespaceName.DEFAULT, new ItemName(name));
    }

    private Published publish(ItemKey item, String content) {
        return releases.publish(EDITOR, item, new Publication(DocumentFormat.YAML, content, null), NONE);
    }
}
