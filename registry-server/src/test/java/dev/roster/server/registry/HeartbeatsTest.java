package dev.roster.server.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roster.server.fixture.Callers;
import dev.roster.server.fixture.LocalStore;
import dev.roster.server.security.Caller;
import dev.roster.server.security.ForbiddenException;
import dev.roster.server.security.InvalidArgumentException;
import dev.roster.server.security.NamespaceName;
import dev.roster.server.security.Role;
import dev.roster.server.store.ForwardingStore;
import dev.roster.server.store.LeaseId;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HeartbeatsTest {
    private static final Duration TTL = Duration.ofSeconds(10);
    private static final Caller CALLER = Callers.of(Role.APPLICATION);

    private final LocalStore local = new LocalStore();
    private final AtomicInteger calls = new AtomicInteger();
    private final ServiceCatalog catalog = new ServiceCatalog(new ForwardingStore(local.store) {
        @Override
        public CompletableFuture<Set<LeaseId>> keepAlive(Collection<LeaseId> ids) {
            calls.incrementAndGet();
            return super.keepAlive(ids);
        }
    }, local.clock, new Random(1));

    @AfterEach
    void close() {
        local.close();
    }

    @Test
    void renewsManyByOneCallAndTellsTheMissing() {
        for (String id : List.of("a", "b", "c")) {
            catalog.register(CALLER, key(id), new Registration("h", 1, false, TTL, null, Map.of()));
        }
        catalog.register(CALLER, key("lasting"),
                new Registration(new Endpoint("h", 1, false, Map.of()), null, InstanceStatus.UP, Traits.NONE,
                        List.of()));
        local.pass(TTL.minusSeconds(1));
        long revision = local.revision();

        assertThat(catalog.renew(CALLER, List.of(key("a"), key("lasting"), key("b")))).isEmpty();
        assertThat(calls).hasValue(1);
        assertThat(local.revision()).isEqualTo(revision);

        local.pass(TTL.minusSeconds(1));
        assertThat(catalog.renew(CALLER, List.of(key("z"), key("a"), key("c"), key("b"))))
                .containsExactly(key("z"), key("c"));
        assertThat(catalog.getService(CALLER, key("a").service()).instances()).extracting(i -> i.key().id().value())
                .containsExactly("a", "b", "lasting");
    }

    @Test
    void boundsWhatOneCallMayAsk() {
        List<InstanceKey> most = Collections.nCopies(ServiceCatalog.MAX_RENEWED_TOGETHER, key("a"));
        List<InstanceKey> more = Collections.nCopies(ServiceCatalog.MAX_RENEWED_TOGETHER + 1, key("a"));

        assertThat(catalog.renew(CALLER, most)).containsOnly(key("a"));
        assertThatThrownBy(() -> catalog.renew(CALLER, more)).isInstanceOfSatisfying(InvalidArgumentException.class,
                e -> assertThat(e.field()).isEqualTo("instances"));
        assertThatThrownBy(() -> catalog.renew(Callers.of(Role.READER), most)).isInstanceOf(ForbiddenException.class);
    }

    private static InstanceKey key(String id) {
        return new InstanceKey(new ServiceKey(NamespaceName.DEFAULT, new ServiceName("orders")), new InstanceId(id));
    }
}
