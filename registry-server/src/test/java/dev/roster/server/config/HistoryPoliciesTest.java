package dev.roster.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is kept of items: as much history as the namespace asks for, and what people say of them. */
class HistoryPoliciesTest {
    private static final Caller ADMIN = Callers.of(Role.ADMIN);
    private static final Caller EDITOR = Callers.of(Role.EDITOR);
    private static final NamespaceName SHOP = new NamespaceName("shop");
    private static final ItemKey ITEM = new ItemKey(SHOP, new ItemName("orders"));

    private final LocalStore local = new LocalStore();
    private final ConfigReleases releases = new ConfigReleases(local.store, local.clock, new SimpleMeterRegistry());
    private final HistoryPolicies policies = new HistoryPolicies(local.store);
    private final ItemNotes notes = new ItemNotes(local.store);

    @AfterEach
    void close() {
        local.close();
    }

    private void publish(int times) {
        for (int i = 0; i < times; i++) {
            Expectation expected = releases.findRelease(EDITOR, ITEM)
                    .<Expectation>map(found -> new Expectation.Version(found.entry().version()))
                    .orElse(new Expectation.Absent());
            releases.publish(EDITOR, ITEM, new Publication(DocumentFormat.TEXT, "x" + i, null), expected);
        }
    }

    private List<Long> versions() {
        return releases.listVersions(EDITOR, ITEM, 1000, null).versions().stream().map(ReleaseEntry::version).toList();
    }

    @Test
    void keepsAHundredVersionsUnlessTold() {
        publish(103);

        assertThat(versions()).hasSize(100).startsWith(103L).endsWith(4L);
        assertThat(policies.get(EDITOR, SHOP)).isEqualTo(HistoryPolicy.DEFAULT);
    }

    @Test
    void keepsAsManyAsThePolicySays() {
        publish(10);
        policies.set(ADMIN, SHOP, 0, new HistoryPolicy(3, null, 0));
        assertThat(versions()).hasSize(10);

        publish(1);
        assertThat(versions()).containsExactly(11L, 10L, 9L);
        policies.set(ADMIN, SHOP, 1, new HistoryPolicy(150, null, 0));
        publish(147);
        assertThat(versions()).hasSize(150);
    }

    @Test
    void forgetsWhatIsTooOldButNeverTheLastTwo() {
        policies.set(ADMIN, SHOP, 0, new HistoryPolicy(100, Duration.ofDays(30), 0));
        publish(3);
        local.clock.advance(Duration.ofDays(20));
        publish(2);
        local.clock.advance(Duration.ofDays(15));

        publish(1);
        assertThat(versions()).containsExactly(6L, 5L, 4L);

        local.clock.advance(Duration.ofDays(100));
        publish(1);
        assertThat(versions()).containsExactly(7L, 6L);
        releases.delete(EDITOR, ITEM, 7L);
        local.clock.advance(Duration.ofDays(100));
        assertThat(releases.undelete(EDITOR, ITEM, 8L, null).content()).isEqualTo("x0");
    }

    /** The store keeps what was deleted in its past: whoever looks through it there takes longer with each version. */
    @Test
    void leavesNothingBehindHoweverManyVersionsThereWere() {
        policies.set(ADMIN, SHOP, 0, new HistoryPolicy(2, null, 0));
        publish(50);
        assertThat(stored()).isEqualTo(2);

        policies.set(ADMIN, SHOP, 1, new HistoryPolicy(30, null, 0));
        publish(40);
        assertThat(stored()).isEqualTo(30);

        policies.set(ADMIN, SHOP, 2, new HistoryPolicy(2, null, 0));
        releases.delete(EDITOR, ITEM, 90L);
        assertThat(stored()).isEqualTo(2);
        publish(1);
        assertThat(versions()).containsExactly(92L, 91L);
    }

    /** Gray releases that were aborted leave the version that is live far behind them. */
    @Test
    void keepsTheCurrentVersionUntilThereIsAnother() {
        policies.set(ADMIN, SHOP, 0, new HistoryPolicy(3, null, 0));
        publish(1);
        for (int i = 0; i < 6; i++) {
            releases.commit(_ -> new ChangePlan("ann", List.of(
                    new ItemChange.Stage(ITEM, 1L, new Publication(DocumentFormat.TEXT, "staged", null))),
                    List.of(), _ -> List.of()));
        }
        assertThat(versions()).containsExactly(7L, 6L, 5L, 1L);
        assertThat(releases.getRelease(EDITOR, ITEM).entry().version()).isEqualTo(1);

        publish(1);
        assertThat(versions()).containsExactly(8L, 7L, 6L);
        assertThat(stored()).isEqualTo(3);
    }

    private long stored() {
        return local.store.view().count(ConfigKeys.versions(ITEM));
    }

    @Test
    void refusesPoliciesThatCannotBe() {
        assertThatThrownBy(() -> new HistoryPolicy(1, null, 0)).isInstanceOf(InvalidArgumentException.class);
        assertThatThrownBy(() -> new HistoryPolicy(1001, null, 0)).isInstanceOf(InvalidArgumentException.class);
        assertThatThrownBy(() -> new HistoryPolicy(9, Duration.ofHours(1), 0))
                .isInstanceOf(InvalidArgumentException.class);
        assertThatThrownBy(() -> policies.set(ADMIN, SHOP, 1, HistoryPolicy.DEFAULT))
                .isInstanceOf(RulesMismatchException.class);
        assertThatThrownBy(() -> policies.set(EDITOR, SHOP, 0, HistoryPolicy.DEFAULT))
                .isInstanceOf(ForbiddenException.class);
    }

    @Test
    void remembersWhatPeopleSayOfAnItem() {
        ItemDetails said = notes.set(EDITOR, ITEM, 0,
                new ItemDetails(new TreeMap<>(Map.of("team", "shop", "tier", "1")), "ann", "Where orders go", 0));

        assertThat(said.number()).isEqualTo(1);
        assertThat(notes.get(Callers.of(Role.READER), ITEM)).isEqualTo(said);
        assertThatThrownBy(() -> notes.set(EDITOR, ITEM, 0, ItemDetails.NONE))
                .isInstanceOf(VersionMismatchException.class);
        publish(1);
        releases.delete(EDITOR, ITEM, 1L);
        assertThat(notes.get(EDITOR, ITEM)).isEqualTo(said);
        assertThat(notes.set(EDITOR, ITEM, 1, ItemDetails.NONE).isEmpty()).isTrue();
    }

    @Test
    void refusesDetailsThatCannotBe() {
        TreeMap<String, String> many = new TreeMap<>();
        for (int i = 0; i <= ItemDetails.MAX_LABELS; i++) {
            many.put("k" + i, "");
        }
        refuses(many, null, "labels");
        refuses(new TreeMap<>(Map.of("Team", "x")), null, "labels");
        refuses(new TreeMap<>(Map.of("team", "x".repeat(129))), null, "labels.team");
        refuses(new TreeMap<>(), "x".repeat(201), "owner");
        refuses(new TreeMap<>(), "\ud800", "owner");
    }

    private static void refuses(TreeMap<String, String> labels, @Nullable String owner, String field) {
        assertThatThrownBy(() -> new ItemDetails(labels, owner, null, 0)).isInstanceOf(InvalidArgumentException.class)
                .satisfies(e -> assertThat(((InvalidArgumentException) e).field()).isEqualTo(field));
    }
}
