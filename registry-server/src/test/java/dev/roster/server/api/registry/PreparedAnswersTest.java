package dev.roster.server.api.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roster.server.api.registry.PreparedAnswers.Fresh;
import dev.roster.server.api.wire.RegistryRecords;
import dev.roster.server.fixture.Callers;
import dev.roster.server.fixture.LocalStore;
import dev.roster.server.registry.Discovery;
import dev.roster.server.registry.InstanceId;
import dev.roster.server.registry.InstanceKey;
import dev.roster.server.registry.Registration;
import dev.roster.server.registry.SelectedService;
import dev.roster.server.registry.Selection;
import dev.roster.server.registry.ServiceCatalog;
import dev.roster.server.registry.ServiceKey;
import dev.roster.server.registry.ServiceName;
import dev.roster.server.registry.ServiceNotFoundException;
import dev.roster.server.security.Caller;
import dev.roster.server.security.NamespaceName;
import dev.roster.server.security.Role;
import dev.roster.server.store.Compact;
import dev.roster.server.store.Key;
import dev.roster.server.store.Outcome;
import dev.roster.server.store.PutKey;
import dev.roster.server.store.Revision;
import dev.roster.server.store.Txn;
import dev.roster.server.store.Value;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class PreparedAnswersTest {
    private static final Caller CALLER = Callers.of(Role.APPLICATION);
    private static final ServiceKey ORDERS = service("orders");
    private static final Question ALL = new Question(ORDERS, Selection.ALL, false);

    private final LocalStore local = new LocalStore();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final ServiceCatalog catalog = new ServiceCatalog(local.store, local.clock, new Random(1));
    private final Discovery discovery = new Discovery(local.store);
    private final JsonMapper json = JsonMapper.builder().build();
    private final PreparedAnswers answers = new PreparedAnswers(discovery, json, local.clock, meters);

    @AfterEach
    void close() {
        local.close();
    }

    @Test
    void encodesAServiceOfAThousandInstancesOnceForAThousandLookups() {
        for (int i = 0; i < 1000; i++) {
            register(ORDERS, "i" + i);
        }

        PreparedAnswer first = lookUp();
        for (int i = 1; i < 1000; i++) {
            PreparedAnswer next = lookUp();
            assertThat(next.json()).isSameAs(first.json());
        }

        assertThat(json.readTree(first.json()).get("instances")).hasSize(1000);
        assertThat(encoded()).isEqualTo(1);
        assertThat(shared()).isEqualTo(999);
        assertThat(meters.get("roster.registry.answers.kept").gauge().value()).isGreaterThan(first.json().length);
    }

    @Test
    void encodesOnceForAllWhoComeAtTheSameTime() throws InterruptedException, ExecutionException {
        register(ORDERS, "a");
        CountDownLatch all = new CountDownLatch(100);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<PreparedAnswer>> found = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                found.add(threads.submit(() -> {
                    all.countDown();
                    all.await();
                    return lookUp();
                }));
            }
            for (Future<PreparedAnswer> one : found) {
                assertThat(one.get()).isSameAs(found.getFirst().get());
            }
        }

        assertThat(encoded()).isEqualTo(1);
    }

    @Test
    void encodesAnewWhenTheServiceChanges() {
        register(ORDERS, "a");
        PreparedAnswer before = lookUp();
        register(ORDERS, "b");

        PreparedAnswer after = lookUp();

        assertThat(encoded()).isEqualTo(2);
        assertThat(after.tag()).isNotEqualTo(before.tag());
        assertThat(after.trueAt()).isEqualTo(local.revision());
        assertThat(json.readTree(after.json()).get("instances")).hasSize(2);
        catalog.deregister(CALLER, new InstanceKey(ORDERS, new InstanceId("b")));
        assertThat(json.readTree(lookUp().json()).get("instances")).hasSize(1);
    }

    @Test
    void encodesNothingWhenAnotherServiceChanges() {
        register(ORDERS, "a");
        PreparedAnswer before = lookUp();
        register(service("orders-archive"), "b");
        register(service("order"), "c");

        PreparedAnswer after = lookUp();

        assertThat(after).isSameAs(before);
        assertThat(after.trueAt()).as("it is known to be true by then").isEqualTo(local.revision());
        assertThat(encoded()).isEqualTo(1);
    }

    @Test
    void keepsTheBytesWhenItHasToReadTheServiceToKnow() {
        register(ORDERS, "a");
        PreparedAnswer before = lookUp();
        touch(3);
        Outcome.await(local.store.compact(new Compact(new Revision(local.revision()))));

        assertThat(lookUp()).isSameAs(before);
        assertThat(before.trueAt()).isEqualTo(local.revision());
        assertThat(encoded()).isEqualTo(1);
    }

    @Test
    void encodesAnewBeforeItsRevisionIsForgotten() {
        register(ORDERS, "a");
        PreparedAnswer before = lookUp();
        touch(10_001);

        PreparedAnswer after = lookUp();

        assertThat(after.tag()).isEqualTo(before.tag());
        assertThat(after.madeAt()).isEqualTo(local.revision());
        assertThat(encoded()).isEqualTo(2);
    }

    @Test
    void encodesAnewWhenItsTimeIsOver() {
        register(ORDERS, "a");
        Instant end = local.clock.instant().plusSeconds(10);
        Question question = new Question(ORDERS, "table", false);
        answers.get(CALLER, question, () -> new Fresh(local.revision(), "t1", end, Map.of()));
        local.clock.advance(Duration.ofMillis(9999));
        assertThat(answers.get(CALLER, question, () -> {
            throw new AssertionError("it is still true");
        }).tag()).isEqualTo("t1");

        local.clock.advance(Duration.ofMillis(1));

        assertThat(answers.get(CALLER, question, () -> new Fresh(local.revision(), "t2", null, Map.of())).tag())
                .isEqualTo("t2");
    }

    @Test
    void tellsQuestionsApart() {
        register(ORDERS, "a");
        lookUp();

        answers.get(CALLER, new Question(ORDERS, Selection.ALL, true), () -> read(Selection.ALL));

        assertThat(encoded()).isEqualTo(2);
    }

    @Test
    void tellsWhatReadingRefuses() {
        assertThatThrownBy(this::lookUp).isInstanceOf(ServiceNotFoundException.class);
        register(ORDERS, "a");
        lookUp();
        catalog.deregister(CALLER, new InstanceKey(ORDERS, new InstanceId("a")));

        assertThatThrownBy(this::lookUp).isInstanceOf(ServiceNotFoundException.class);
    }

    @Test
    void compressesWhatIsWorthIt() throws IOException {
        register(ORDERS, "a");
        assertThat(lookUp().isCompressible()).isFalse();
        for (int i = 0; i < 100; i++) {
            register(ORDERS, "i" + i);
        }

        PreparedAnswer answer = lookUp();

        assertThat(answer.isCompressible()).isTrue();
        assertThat(answer.gzip()).isSameAs(answer.gzip()).hasSizeLessThan(answer.json().length / 8);
        assertThat(new GZIPInputStream(new ByteArrayInputStream(answer.gzip())).readAllBytes())
                .isEqualTo(answer.json());
    }

    private PreparedAnswer lookUp() {
        return answers.get(CALLER, ALL, () -> read(Selection.ALL));
    }

    private Fresh read(Selection selection) {
        SelectedService found = discovery.select(CALLER, ORDERS, selection);
        return new Fresh(found.service().revision(), found.service().tag(), null,
                RegistryRecords.selected(found, false));
    }

    private double encoded() {
        return meters.counter("roster.registry.answers.encoded").count();
    }

    private double shared() {
        return meters.counter("roster.registry.answers.shared").count();
    }

    private void register(ServiceKey service, String id) {
        catalog.register(CALLER, new InstanceKey(service, new InstanceId(id)),
                new Registration("10.0.0.1", 8080, false, Registration.DEFAULT_TTL, "zone", Map.of("a", "b")));
    }

    private void touch(int times) {
        for (int i = 0; i < times; i++) {
            Outcome.await(local.store.commit(Txn.of(new PutKey(Key.of("other"), Value.of("" + i)))));
        }
    }

    private static ServiceKey service(String name) {
        return new ServiceKey(NamespaceName.DEFAULT, new ServiceName(name));
    }
}
