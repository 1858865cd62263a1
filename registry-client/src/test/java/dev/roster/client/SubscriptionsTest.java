package dev.roster.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.api.registry.ServiceInstances;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SubscriptionsTest {
    private final List<Long> told = new ArrayList<>();
    private final Subscriptions subscriptions = new Subscriptions(new Dispatcher(Runnable::run), LastGood.none(), null,
            new Subscriptions.Listener() {
                @Override
                public void grown() {
                    told.add(subscriptions().version());
                }

                @Override
                public void shrunk() {
                    told.add(subscriptions().version());
                }
            });

    private Subscriptions subscriptions() {
        return subscriptions;
    }

    @Test
    void hasAVersionForEverySetOfWhatIsFollowed() {
        assertThat(subscriptions.wanted()).isEmpty();
        Watched<ServiceInstances> first = follow("orders");
        Watched<ServiceInstances> second = follow("stock");
        Watched<ServiceInstances> again = follow("stock");
        again.close();
        second.close();
        second.close();

        assertThat(told).as("once for each other set, when it is there already").containsExactly(1L, 2L, 3L);
        assertThat(subscriptions.wanted()).hasValueSatisfying(wanted -> {
            assertThat(wanted.request().services()).hasSize(1);
            assertThat(wanted.version()).as("who asks for this set need not ask again").isEqualTo(3);
        });
        first.close();
        assertThat(subscriptions.wanted()).isEmpty();
        assertThat(subscriptions.version()).isEqualTo(4);
    }

    private Watched<ServiceInstances> follow(String service) {
        return subscriptions.service("default", service, state -> {});
    }
}
