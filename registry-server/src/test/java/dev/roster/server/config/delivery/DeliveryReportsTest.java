package dev.roster.server.config.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roster.server.config.ConfigReleases;
import dev.roster.server.config.Expectation;
import dev.roster.server.config.ItemKey;
import dev.roster.server.config.ItemName;
import dev.roster.server.config.ItemNotFoundException;
import dev.roster.server.config.Publication;
import dev.roster.server.config.delivery.Adoption.Count;
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
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DeliveryReportsTest {
    private static final Caller APPLICATION = Callers.of(Role.APPLICATION);
    private static final ItemKey ORDERS = new ItemKey(NamespaceName.DEFAULT, new ItemName("orders"));
    private static final List<BindingError> NO_ERRORS = List.of();
    private static final List<BindingError> ERRORS = List.of(new BindingError("orders.limit", "no number: ten"));

    private final LocalStore local = new LocalStore();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final ConfigReleases releases = new ConfigReleases(local.store, local.clock, meters);
    private final DeliveryReports reports = new DeliveryReports(local.store, "a", local.clock, meters);

    @BeforeEach
    void publishTwoVersions() {
        publish(new Expectation.Absent());
        publish(new Expectation.Version(1));
    }

    @AfterEach
    void close() {
        local.close();
    }

    @Test
    void countsHowFarAVersionHasCome() {
        report("a", 2, 2, NO_ERRORS);
        report("b", 1, 1, NO_ERRORS);
        report("c", 2, 1, ERRORS);
        report("d", 2, 2, ERRORS);
        report("e", 0, 0, NO_ERRORS);

        Adoption adoption = adoption();

        assertThat(adoption.version()).isEqualTo(2);
        assertThat(adoption.clients()).isEqualTo(5);
        assertThat(adoption.fetched()).isEqualTo(3);
        assertThat(adoption.applied()).isEqualTo(1);
        assertThat(adoption.failed()).isEqualTo(2);
        assertThat(adoption.versions()).containsExactly(new Count(2, 2, 1, 3, 2, 0),
                new Count(1, 2, 1, 1, 0, 0), new Count(0, 1, 1, 1, 0, 0));
        assertThat(adoption.of(2)).isEqualTo(adoption.versions().getFirst());
        assertThat(adoption.of(7)).isEqualTo(Count.none(7));
        assertThat(adoption.pending()).extracting(pending -> pending.client().value()).containsExactly("c", "d", "b",
                "e");
        assertThat(adoption.pending().getFirst().report().errors()).isEqualTo(ERRORS);
        assertThat(adoption.pending().getFirst().reportedAt()).isEqualTo(local.clock.instant());
    }

    @Test
    void takesTheLastReportOfEachApplication() {
        report("a", 1, 1, ERRORS);
        report("a", 2, 2, NO_ERRORS);

        assertThat(adoption().clients()).isEqualTo(1);
        assertThat(adoption().applied()).isEqualTo(1);

        publish(new Expectation.Version(2));
        assertThat(adoption().version()).isEqualTo(3);
        assertThat(adoption().applied()).isZero();
    }

    @Test
    void tellsNamespacesAndItemsApart() {
        reports.add(APPLICATION, new ClientReport(new NamespaceName("other"), new ClientName("a"), null, true,
                List.of(item(2, 2, NO_ERRORS))));
        reports.add(APPLICATION, new ClientReport(NamespaceName.DEFAULT, new ClientName("a"), null, true,
                List.of(new ItemReport(new ItemName("limits"), 2, 2, NO_ERRORS))));

        assertThat(adoption().clients()).isZero();
        assertThatThrownBy(
                () -> reports.adoption(APPLICATION, new ItemKey(NamespaceName.DEFAULT, new ItemName("never"))))
                .isInstanceOf(ItemNotFoundException.class);
    }

    @Test
    void forgetsApplicationsThatAreSilent() {
        report("a", 2, 2, NO_ERRORS);
        local.clock.advance(Duration.ofMinutes(2));
        report("b", 2, 2, NO_ERRORS);
        local.clock.advance(Duration.ofSeconds(60));
        assertThat(adoption().clients()).isEqualTo(2);

        local.clock.advance(Duration.ofSeconds(1));

        assertThat(adoption().clients()).isEqualTo(1);
        assertThat(meters.get("roster.config.reporting").gauge().value()).isEqualTo(1);
        assertThat(meters.get("roster.config.reports").counter().count()).isEqualTo(2);
    }

    @Test
    void keepsTheNewestReportsOnly() {
        for (int i = 0; i < DeliveryReports.MAX_REPORTS + 10; i++) {
            if (i % DeliveryReports.MAX_REPORTS_PER_SECOND == 0) {
                local.clock.advance(Duration.ofSeconds(1));
            }
            report("client-" + i, 1, 1, NO_ERRORS);
            if (i == 5) {
                report("client-0", 1, 1, NO_ERRORS);
            }
        }

        Adoption adoption = adoption();

        assertThat(adoption.clients()).isEqualTo(DeliveryReports.MAX_REPORTS);
        assertThat(adoption.pending()).hasSize(DeliveryReports.MAX_PENDING);
        report("client-1", 2, 1, ERRORS);
        assertThat(adoption().pending().getFirst().client().value()).isEqualTo("client-1");
    }

    @Test
    void boundsTheErrorsOfAllReports() {
        List<BindingError> many = Collections.nCopies(20, new BindingError("p".repeat(500), "m".repeat(500)));
        int fit = DeliveryReports.MAX_ERROR_CHARACTERS / 20_000;
        for (int i = 0; i <= fit; i++) {
            report("client-" + i, 2, 1, many);
        }

        assertThat(adoption().failed()).isEqualTo(fit + 1);
        report("client-" + fit, 2, 2, NO_ERRORS);
        report("client-0", 2, 2, NO_ERRORS);
        report("another", 2, 1, many);
        assertThat(adoption().pending().getFirst().report().errors()).hasSize(20);
        report("one-more", 2, 1, many);
        assertThat(adoption().failed()).isEqualTo(fit + 1);

        local.clock.advance(DeliveryReports.LIFETIME.plusSeconds(1));
        report("later", 2, 1, many);
        assertThat(adoption().pending().getFirst().report().errors()).hasSize(20);
    }

    @Test
    void saysSinceWhenAnApplicationHasReportedTheSame() {
        Instant first = local.clock.instant();
        report("a", 1, 1, NO_ERRORS);
        local.clock.advance(Duration.ofMinutes(1));
        report("a", 1, 1, NO_ERRORS);

        assertThat(adoption().pending().getFirst().reportedAt()).isEqualTo(first);

        report("a", 2, 1, ERRORS);
        assertThat(adoption().pending().getFirst().reportedAt()).isEqualTo(first.plus(Duration.ofMinutes(1)));
    }

    @Test
    void countsThoseThatAreNotWell() {
        reports.add(APPLICATION, new ClientReport(NamespaceName.DEFAULT, new ClientName("a"), null, false,
                List.of(item(2, 1, NO_ERRORS))));

        assertThat(reports.count(ORDERS, 1).unhealthy()).isEqualTo(1);
        assertThat(reports.count(ORDERS, 2).unhealthy()).isZero();
    }

    @Test
    void refusesReportsThatComeTooFast() {
        ClientReport one = report(List.of(item(2, 2, NO_ERRORS)));
        for (int i = 0; i < DeliveryReports.MAX_REPORTS_PER_SECOND; i++) {
            assertThat(reports.add(APPLICATION, one)).isTrue();
        }

        assertThat(reports.add(APPLICATION, one)).isFalse();
        assertThat(meters.get("roster.config.reports.refused").counter().count()).isEqualTo(1);
        local.clock.advance(Duration.ofSeconds(1));
        assertThat(reports.add(APPLICATION, one)).isTrue();
    }

    @Test
    void needsTheRoleOfAnApplication() {
        assertThatThrownBy(() -> reports.add(Callers.of(Role.READER), new ClientReport(NamespaceName.DEFAULT,
                new ClientName("a"), null, true, List.of(item(1, 1, NO_ERRORS)))))
                .isInstanceOf(ForbiddenException.class);
    }

    @Test
    void refusesReportsThatMakeNoSense() {
        ItemReport good = item(1, 1, NO_ERRORS);
        assertField("items", () -> report(List.of()));
        assertField("items", () -> report(List.of(good, good)));
        assertField("items", () -> report(Collections.nCopies(101, good)));
        assertField("application",
                () -> new ClientReport(NamespaceName.DEFAULT, new ClientName("a"), " ", true, List.of(good)));
        assertField("client", () -> new ClientName("-"));
        assertField("fetchedVersion", () -> item(-1, 0, NO_ERRORS));
        assertField("appliedVersion", () -> item(0, -1, NO_ERRORS));
        assertField("errors", () -> item(0, 0, Collections.nCopies(21, ERRORS.getFirst())));
        assertField("message", () -> new BindingError("", ""));
        assertField("property", () -> new BindingError("p".repeat(501), "x"));
    }

    private static ClientReport report(List<ItemReport> items) {
        return new ClientReport(NamespaceName.DEFAULT, new ClientName("a"), null, true, items);
    }

    private static void assertField(String field, Runnable make) {
        assertThatThrownBy(make::run).isInstanceOfSatisfying(InvalidArgumentException.class,
                e -> assertThat(e.field()).isEqualTo(field));
    }

    private Adoption adoption() {
        return reports.adoption(APPLICATION, ORDERS);
    }

    private void report(String client, long fetched, long applied, List<BindingError> errors) {
        reports.add(APPLICATION, new ClientReport(NamespaceName.DEFAULT, new ClientName(client), "orders", true,
                List.of(item(fetched, applied, errors))));
    }

    private static ItemReport item(long fetched, long applied, List<BindingError> errors) {
        return new ItemReport(ORDERS.name(), fetched, applied, errors);
    }

    private void publish(Expectation expected) {
        releases.publish(Callers.of(Role.EDITOR), ORDERS, new Publication(DocumentFormat.TEXT, "x", null), expected);
    }
}
