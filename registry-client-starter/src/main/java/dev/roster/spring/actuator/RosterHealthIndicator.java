package dev.roster.spring.actuator;

import dev.roster.client.InstanceKeeper;
import dev.roster.client.RosterClient;
import dev.roster.client.RosterException;
import dev.roster.client.WatchStatus;
import dev.roster.spring.registration.RegistrationState;
import dev.roster.spring.registration.RosterServiceRegistry;
import java.util.List;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * How the application stands with Roster. {@code UP} when nothing is wrong; {@code UNKNOWN} while Roster is away or refuses,
 * which by Boot's order does not make the application itself unhealthy: it goes on with what it knows.
 */
final class RosterHealthIndicator extends AbstractHealthIndicator {
    private final RosterClient client;
    private final List<RosterServiceRegistry> registries;

    RosterHealthIndicator(RosterClient client, List<RosterServiceRegistry> registries) {
        this.client = client;
        this.registries = registries;
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        builder.up();
        WatchStatus stream = client.watch().status();
        builder.withDetail("connected", stream.connected());
        if (stream.connected()) {
            builder.withDetail("address", String.valueOf(stream.address())).withDetail("revision", stream.revision());
        }
        RosterException failure = stream.failure();
        if (failure != null) {
            builder.unknown().withDetail("since", stream.since().toString()).withDetail("reason",
                    String.valueOf(failure.getMessage()));
        }
        for (RosterServiceRegistry registry : registries) {
            for (RegistrationState state : registry.states()) {
                InstanceKeeper keeper = state.keeper();
                if (keeper != null) {
                    report(keeper, builder);
                }
            }
        }
    }

    private static void report(InstanceKeeper keeper, Health.Builder builder) {
        builder.withDetail(keeper.service() + "/" + keeper.id(), keeper.state().name());
        if (keeper.state() != InstanceKeeper.State.REGISTERED) {
            builder.unknown();
        }
    }
}
