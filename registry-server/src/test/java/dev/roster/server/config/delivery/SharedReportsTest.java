package dev.roster.server.config.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.server.config.ConfigReleases;
import dev.roster.server.config.Expectation;
import dev.roster.server.config.GrayMark;
import dev.roster.server.config.ItemKey;
import dev.roster.server.config.ItemName;
import dev.roster.server.config.Publication;
import dev.roster.server.config.delivery.Adoption.Count;
import dev.roster.server.config.delivery.Adoption.Pending;
import dev.roster.server.config.format.DocumentFormat;
import dev.roster.server.fixture.Callers;
import dev.roster.server.fixture.LocalStore;
import dev.roster.server.security.Caller;
import dev.roster.server.security.NamespaceName;
import dev.roster.server.security.Role;
import dev.roster.server.store.Key;
import dev.roster.server.store.KeyRange;
import dev.roster.server.store.KeyValue;
import dev.roster.server.store.LeaseId;
import dev.roster.server.store.Outcome;
import dev.roster.server.store.PutKey;
import dev.roster.server.store.Revision;
import dev.roster.server.store.Txn;
import dev.roster.server.store.Value;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SharedReportsTest {
    private static final Caller APPLICATION = Callers.of(Role.APPLICATION);
    private static final ItemKey ORDERS = new ItemKey(NamespaceName.DEFAULT, new ItemName("orders"));
    private static final BindingError ERROR = new BindingError("orders.limit", "no number");

    private final LocalStore local = new LocalStore();
    private final Set<String> down = new HashSet<>();
    private final Member one = new Member("one", false);
    private final Member two = new Member("two", false);

    private final class Member {
        private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
        private final DeliveryReports reports;
        private final SharedReports shared;

        Member(String name, boolean alone) {
            reports = new DeliveryReports(local.store, name,
                    (namespace, application, client) -> !down.contains(namespace + "/" + application + "/" + client),
                    local.clock, meters);
            shared = new SharedReports(local.store, reports, name, new Random(7), () -> alone, meters);
        }

        void report(String client, long fetched, long applied, BindingError... errors) {
            reports.add(APPLICATION, new ClientReport(NamespaceName.DEFAULT, new ClientName(client), "orders", true,
                    List.of(new ItemReport(ORDERS.name(), fetched, applied, List.of(errors)))));
        }

        Adoption adoption() {
            return reports.adoption(APPLICATION, ORDERS);
        }

        double written() {
            return meters.get("roster.config.reports.shared").counter().count();
        }
    }

    @BeforeEach
    void publish() {
        new ConfigReleases(local.store, local.clock, new SimpleMeterRegistry()).publish(Callers.of(Role.EDITOR), ORDERS,
                new Publication(DocumentFormat.TEXT, "x", null), new Expectation.Absent());
    }

    @AfterEach
    void close() {
        local.close();
    }

    @Test
    void everyMemberAnswersForAll() {
        one.report("a", 1, 1);
        one.report("b", 1, 0, ERROR);
        two.report("c", 1, 1);
        two.report("d", 0, 0);

        one.shared.tick();
        two.shared.tick();

        Adoption adoption = one.adoption();
        assertThat(adoption).isEqualTo(two.adoption());
        assertThat(adoption.clients()).isEqualTo(4);
        assertThat(adoption.fetched()).isEqualTo(3);
        assertThat(adoption.applied()).isEqualTo(2);
        assertThat(adoption.failed()).isEqualTo(1);
        assertThat(adoption.pending()).extracting(pending -> pending.client().value()).containsExactly("b", "d");
    }

    @Test
    void thousandsOfReportsAreOneTransaction() {
        IntStream.range(0, 4_000).forEach(i -> one.report("client-" + i, 1, 1));
        long before = local.revision();

        one.shared.tick();
        one.shared.tick();

        assertThat(local.revision()).isEqualTo(before + 1);
        assertThat(one.written()).isEqualTo(1);
        assertThat(two.adoption().applied()).isEqualTo(4_000);
    }

    @Test
    void tellsOfApplicationsThatAreNotWellWhileThereIsAGrayRelease() {
        one.report("a", 1, 1);
        one.shared.tick();
        down.add("default/orders/a");
        one.shared.tick();
        assertThat(two.reports.count(ORDERS, 1).unhealthy()).as("nothing asks for it").isZero();

        Outcome.await(local.store.commit(Txn.of(new PutKey(GrayMark.of(ORDERS), Value.of("x")))));
        one.shared.tick();
        one.shared.tick();

        assertThat(two.reports.count(ORDERS, 1).unhealthy()).isEqualTo(1);
        assertThat(one.written()).isEqualTo(2);
        down.clear();
        one.shared.tick();
        assertThat(two.reports.count(ORDERS, 1).unhealthy()).isZero();
    }

    @Test
    void aReportThatIsRepeatedIsNotWritten() {
        one.report("a", 0, 0);
        one.shared.tick();
        local.clock.advance(Duration.ofMinutes(1));
        one.report("a", 0, 0);

        one.shared.tick();

        assertThat(one.written()).isEqualTo(1);
    }

    @Test
    void namesFewApplicationsAndFewErrorsToOthers() {
        List<BindingError> many = Collections.nCopies(20, ERROR);
        IntStream.range(0, 40).forEach(i -> one.report("client-" + i, 1, 0, many.toArray(BindingError[]::new)));

        one.shared.tick();

        assertThat(two.adoption().failed()).isEqualTo(40);
        assertThat(two.adoption().pending()).hasSize(DeliverySummary.MAX_SHARED_PENDING)
                .allSatisfy(pending -> assertThat(pending.report().errors())
                        .hasSize(DeliverySummary.MAX_SHARED_ERRORS));
    }

    @Test
    void boundsTheVersionsThatAreTold() {
        IntStream.range(0, 200).forEach(i -> one.report("client-" + i, 1_000 + i, 1_000 + i));
        one.report("a", 1, 1);
        one.report("b", 1, 1);

        one.shared.tick();

        Adoption adoption = two.adoption();
        assertThat(adoption.clients()).isEqualTo(202);
        assertThat(adoption.versions()).hasSize(DeliverySummary.MAX_VERSIONS);
        assertThat(adoption.applied()).isEqualTo(2);
    }

    @Test
    void whatAMemberToldGoesWithIt() {
        one.report("a", 1, 1);
        one.shared.tick();

        local.pass(SharedReports.TTL.plusSeconds(1));

        assertThat(two.adoption().clients()).isZero();
        one.shared.tick();
        one.shared.tick();
        assertThat(two.adoption().clients()).as("told anew when the lease was lost").isEqualTo(1);
        one.shared.close();
        assertThat(two.adoption().clients()).isZero();
        assertThat(local.leases()).isZero();
    }

    @Test
    void nothingIsLeftWhenAllApplicationsAreGone() {
        one.report("a", 1, 1);
        one.shared.tick();

        local.clock.advance(DeliveryReports.LIFETIME.plusSeconds(1));
        one.shared.tick();

        assertThat(local.store.view().read(KeyRange.prefix("config/delivery/"), 10).keys()).isEmpty();
        assertThat(local.leases()).isZero();
    }

    @Test
    void aMemberThatIsAloneWritesNothing() {
        Member alone = new Member("alone", true);
        alone.report("a", 1, 1);
        long before = local.revision();

        alone.shared.tick();

        assertThat(local.revision()).isEqualTo(before);
        assertThat(alone.adoption().applied()).isEqualTo(1);
    }

    /** Bytes that members have written: a change of them needs a new version of the record. */
    @Test
    void writesSummariesAsEver() {
        DeliverySummary summary = new DeliverySummary(2, List.of(new Count(5, 1, 1, 2, 1, 0)),
                List.of(new Pending(new ClientName("a"), "orders",
                        new ItemReport(ORDERS.name(), 5, 4, List.of(ERROR)), Instant.ofEpochSecond(1))));

        Value value = SummaryRecord.write(summary);

        assertThat(HexFormat.of().formatHex(value.toBytes())).isEqualTo(
                "0104010a0202040200010161" + "01066f7264657273" + "0a0801" + "0c6f72646572732e6c696d6974"
                        + "096e6f206e756d626572" + "0200");
        Key key = DeliveryKeys.summary(ORDERS, "one");
        KeyValue stored = new KeyValue(key, value, new Revision(3), new Revision(3), 1, LeaseId.NONE);
        assertThat(SummaryRecord.read(ORDERS.name(), stored)).isEqualTo(summary);
    }
}
