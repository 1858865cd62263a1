package dev.roster.server.coordination;

import static dev.roster.server.coordination.CoordinationFixture.APPLICATION;
import static dev.roster.server.coordination.CoordinationFixture.SPACE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roster.server.store.CorruptStateException;
import dev.roster.server.store.Key;
import dev.roster.server.store.KeyValue;
import dev.roster.server.store.LeaseId;
import dev.roster.server.store.Outcome;
import dev.roster.server.store.PutKey;
import dev.roster.server.store.Revision;
import dev.roster.server.store.Txn;
import dev.roster.server.store.Value;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** What coordination has written must be read by every version to come: bytes of version 1. A new form gets a test beside these. */
class StoredFormsTest {
    private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");
    private static final LeaseId LEASE = new LeaseId(0x5f1d0c7b9a3e2d44L);
    private static final OpenSession SESSION = new OpenSession(SPACE, SessionId.of(LEASE), Duration.ofSeconds(15),
            "nightly", "ann", NOON, 3);
    private static final ClaimTarget POOL = CoordinationFixture.semaphore("pool");
    private static final QueueKey MAILS = new QueueKey(SPACE, new ObjectName("mails"));
    private static final BarrierKey LOAD = new BarrierKey(SPACE, new ObjectName("load"));

    @Test
    void session() {
        check(CoordinationKeys.of(SPACE, SESSION.id()), "coord/sessions/default/5f1d0c7b9a3e2d44", SESSION.write(),
                "011e00076e696768746c7903616e6e80bbef970d00", stored -> OpenSession.read(SPACE, stored), SESSION);
    }

    @Test
    void claim() {
        StandingClaim claim = new StandingClaim(new ClaimId("c1"), SESSION.id(), "nightly", "ann", 2, "here", NOON, 3,
                5);
        check(CoordinationKeys.of(POOL, claim.id()), "coord/semaphores/default/pool!c1",
                StandingClaim.write(SESSION, 2, "here", NOON), "01076e696768746c7903616e6e04046865726580bbef970d00",
                StandingClaim::read, claim);
    }

    @Test
    void semaphore() {
        check(CoordinationKeys.definition(POOL), "coord/semaphores/default/pool!", ClaimLine.writeLimit(300),
                "01d804", ClaimLine::readLimit, 300);
    }

    @Test
    void queue() {
        QueueDefinition definition = new QueueDefinition(1000, 70_000);
        check(CoordinationKeys.definition(MAILS), "coord/queues/default/mails!", definition.write(), "01d00fe0c508",
                QueueDefinition::read, definition);
    }

    @Test
    void item() {
        QueuedItem item = new QueuedItem(MAILS, 7, "to: ann", "bob", NOON, null, 3);
        check(CoordinationKeys.item(MAILS, 7), "coord/queues/default/mails!0000000000000000007",
                QueuedItem.write("to: ann", "bob", NOON), "0107746f3a20616e6e03626f6280bbef970d00",
                stored -> QueuedItem.read(MAILS, stored), item);
        assertThat(CoordinationKeys.taking(MAILS, 7).utf8())
                .isEqualTo("coord/takings/default/mails!0000000000000000007");
    }

    @Test
    void barrier() {
        BarrierDefinition definition = new BarrierDefinition(300, 2, false);
        check(CoordinationKeys.of(LOAD), "coord/barriers/default/load", definition.write(), "01d8040400",
                BarrierDefinition::read, definition);
        assertThat(HexFormat.of().formatHex(new BarrierDefinition(2, 1, false).next().write().toBytes()))
                .isEqualTo("01040401");
    }

    @Test
    void arrival() {
        BarrierArrival arrival = new BarrierArrival(new ArrivalId("a1"), SESSION.id(), "nightly", "ann", NOON, 3);
        check(CoordinationKeys.of(LOAD, arrival.id()), "coord/arrivals/default/load!a1",
                BarrierArrival.write(SESSION, NOON), "01076e696768746c7903616e6e80bbef970d00", BarrierArrival::read,
                arrival);
    }

    @Test
    void counter() {
        CounterKey hits = new CounterKey(SPACE, new ObjectName("hits"));
        Key key = CoordinationKeys.of(hits);
        assertThat(key.utf8()).isEqualTo("coord/counters/default/hits");
        try (CoordinationFixture coordination = new CoordinationFixture()) {
            Counters counters = new Counters(coordination.local.store);
            counters.set(APPLICATION, hits, -300);
            assertThat(
                    HexFormat.of().formatHex(coordination.local.store.view().find(key).orElseThrow().value().toBytes()))
                    .isEqualTo("01d704");
            put(coordination, key, Value.of(HexFormat.of().parseHex("01d704")));
            assertThat(counters.get(APPLICATION, hits).value()).isEqualTo(-300);
            put(coordination, key, Value.of(new byte[]{1}));
            assertThatThrownBy(() -> counters.get(APPLICATION, hits)).isInstanceOf(CorruptStateException.class);
        }
    }

    private static void put(CoordinationFixture coordination, Key key, Value value) {
        Outcome.await(coordination.local.store.commit(Txn.of(new PutKey(key, value))));
    }

    private static void check(Key key, String keyText, Value value, String golden,
            Function<KeyValue, Object> reader, Object expected) {
        assertThat(key.utf8()).isEqualTo(keyText);
        assertThat(HexFormat.of().formatHex(value.toBytes())).isEqualTo(golden);
        byte[] sound = HexFormat.of().parseHex(golden);
        assertThat(reader.apply(stored(key, sound))).isEqualTo(expected);
        for (int length = 0; length < sound.length; length++) {
            byte[] cut = Arrays.copyOf(sound, length);
            assertThatThrownBy(() -> reader.apply(stored(key, cut))).as("%d bytes", length)
                    .isInstanceOf(CorruptStateException.class);
        }
    }

    private static KeyValue stored(Key key, byte[] value) {
        return new KeyValue(key, Value.of(value), new Revision(3), new Revision(5), 2, LEASE);
    }
}
