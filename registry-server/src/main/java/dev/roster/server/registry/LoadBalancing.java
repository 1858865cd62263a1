package dev.roster.server.registry;

import dev.roster.server.security.Caller;
import dev.roster.server.security.Role;
import dev.roster.server.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells callers where to send how much. Reads this member's replica. May be used by any thread.
 *
 * <ul>
 * <li>Those who may be called are in the table, as {@link Discovery} chooses them: the healthy ones, and while the service is
 * protected those that are down, too. One that stays out because it flaps then has weight 0.
 * <li>An instance that has become healthy comes to its weight in tenths, over the slow start of the service: linearly, but for
 * the first tenth, which it has at once. Steps and not a slope, so that the table stays the same for a while.
 * <li>The caller's zone is preferred as long as those in it carry at least half of the weight of all that are meant to serve
 * there: a zone that has lost more, or has not warmed up yet, would not bear the traffic of its callers. Instances of other
 * zones then have weight 0.
 * </ul>
 */
public final class LoadBalancing {

    /** In how many steps an instance comes to its weight. */
    static final int STEPS = 10;

    /** Share of its weight that a zone must carry to be preferred. */
    private static final double ENOUGH = 0.5;

    private final Store store;
    private final InstantSource clock;

    /**
     * Makes it.
     *
     * @param clock tells how far a slow start is; compared with the time that another member may have noted
     */
    public LoadBalancing(Store store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    /**
     * Returns where a caller is to send how much.
     *
     * @param zone where the caller is, null if it does not say: then no zone is preferred
     * @throws ServiceNotFoundException if the service has no instance and is not defined
     */
    public LoadBalancingTable table(Caller caller, ServiceKey key, @Nullable String zone) {
        caller.require(Role.READER);
        if (zone != null) {
            FreeText.checkName("zone", zone);
        }
        RegisteredService service = new RegistryView(store.view()).service(key);
        if (!service.exists()) {
            throw new ServiceNotFoundException(key);
        }
        return table(service, zone, clock.instant());
    }

    static LoadBalancingTable table(RegisteredService service, @Nullable String zone, Instant now) {
        Protection protection = service.protection();
        List<Share> shares = new ArrayList<>();
        double near = 0;
        double expected = 0;
        for (RegisteredInstance instance : service.instances()) {
            boolean isNear = zone != null && zone.equals(instance.registration().traits().zone());
            expected += isNear && instance.status().isMeantToServe() ? instance.weight() : 0;
            if (protection.lets(instance.status())) {
                Share share = share(instance, service.definition().slowStart(), now);
                near += isNear ? share.weight() : 0;
                shares.add(share);
            }
        }
        boolean preferred = near > 0 && near >= ENOUGH * expected;
        List<Share> all = preferred
                ? shares.stream().map(share -> share.isIn(zone) ? share : share.withoutWeight()).toList()
                : shares;
        return new LoadBalancingTable(service, protection, zone, preferred, all);
    }

    private static Share share(RegisteredInstance instance, Duration slowStart, Instant now) {
        Duration healthy = Duration.between(instance.healthySince(), now);
        if (instance.isFlapping() && !instance.status().isHealthy()) {
            // Only while the service is protected: it comes last of all that may be called.
            return new Share(instance, 0, STEPS, null);
        }
        if (!instance.status().isHealthy() || slowStart.isZero() || healthy.compareTo(slowStart) >= 0) {
            return new Share(instance, instance.weight(), STEPS, null);
        }
        // The clock of the member that noted the time may be ahead of this one's.
        Duration step = slowStart.dividedBy(STEPS);
        int done = healthy.isNegative() ? 1 : Math.clamp(healthy.dividedBy(step), 1, STEPS - 1);
        Instant next = done == STEPS - 1
                ? instance.healthySince().plus(slowStart)
                : instance.healthySince().plus(step.multipliedBy(done + 1L));
        return new Share(instance, instance.weight() * done / STEPS, done, next);
    }

    /**
     * What an instance is to get.
     *
     * @param instance the instance
     * @param weight its share of the traffic beside the others'; 0 means none as long as another has some
     * @param steps how many of its {@link #STEPS} steps it has taken
     * @param next when it takes the next one, null if it has taken all
     */
    public record Share(RegisteredInstance instance, double weight, int steps, @Nullable Instant next) {

        /** Tells whether it has not come to its weight yet. */
        public boolean isSlowStart() {
            return next != null;
        }

        private boolean isIn(@Nullable String zone) {
            return zone != null && zone.equals(instance.registration().traits().zone());
        }

        private Share withoutWeight() {
            return new Share(instance, 0, steps, next);
        }
    }
}
