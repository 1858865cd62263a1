package dev.roster.server.config.gray;

import dev.roster.server.config.ConfigException;
import dev.roster.server.config.delivery.Adoption.Count;
import dev.roster.server.config.delivery.DeliveryReports;
import dev.roster.server.config.gray.GrayEvent.Kind;
import dev.roster.server.config.gray.GrayRelease.Status;
import dev.roster.server.security.AuditLog;
import dev.roster.server.security.Caller;
import dev.roster.server.security.Role;
import dev.roster.server.store.StoreException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves gray releases on when a step has baked, and takes them back when applications report that they do not fit. Done by the
 * member that leads; its replica is the newest, and the store sees to it that what two members do in doubt happens once.
 * {@link #round} is to be called about once a second, by one thread; it waits for the store.
 *
 * <p>A member that has just begun to lead rolls back at once, but waits for {@link #SETTLE} before it moves anything on:
 * applications that had reported to the leader before need that long to report anew.
 */
public final class GrayDriver {

    /** How long a member leads before it moves a gray release on. Clients report again within a second of a new connection. */
    static final Duration SETTLE = Duration.ofSeconds(15);

    /** Most gray releases that are looked at. */
    private static final int MAX_OF_A_ROUND = 1_000;

    private static final int MAX_DETAIL_CHARACTERS = 500;
    private static final String ADDRESS = "(gray release)";
    private static final Logger log = LoggerFactory.getLogger(GrayDriver.class);

    private final GrayReleases releases;
    private final DeliveryReports reports;
    private final BooleanSupplier leads;
    private final InstantSource clock;
    private final AuditLog audit;
    private final Map<Kind, Counter> done = new EnumMap<>(Kind.class);
    private @Nullable Instant leadsSince;
    private volatile int running;

    /**
     * Makes it; nothing happens until {@link #round} is called.
     *
     * @param leads whether this member leads
     * @param clock compared with the times of steps
     */
    public GrayDriver(GrayReleases releases, DeliveryReports reports, BooleanSupplier leads, InstantSource clock,
            AuditLog audit, MeterRegistry meters) {
        this.releases = releases;
        this.reports = reports;
        this.leads = leads;
        this.clock = clock;
        this.audit = audit;
        for (Kind kind : List.of(Kind.ADVANCED, Kind.PROMOTED, Kind.ROLLED_BACK)) {
            done.put(kind, Counter.builder("roster.config.gray.steps")
                    .description("What this member has done to gray releases by itself")
                    .tag("step", kind.name().toLowerCase(Locale.ROOT)).register(meters));
        }
        Gauge.builder("roster.config.gray.running", this, driver -> driver.running)
                .description("Gray releases that this member, which leads, looks after").register(meters);
    }

    /** Looks at every gray release. What the store cannot do now is done in a later round. */
    public void round() {
        Instant now = clock.instant();
        if (!leads.getAsBoolean()) {
            leadsSince = null;
            running = 0;
            return;
        }
        Instant since = leadsSince;
        if (since == null) {
            since = now;
            leadsSince = now;
        }
        boolean settled = !now.isBefore(since.plus(SETTLE));
        List<GrayRelease> all = releases.running(MAX_OF_A_ROUND);
        running = all.size();
        for (GrayRelease release : all) {
            try {
                look(release, now, settled);
            } catch (GrayException | ConfigException | StoreException e) {
                log.debug("Gray release {} of {} is looked at again", release.version(), release.item(), e);
            } catch (RuntimeException e) {
                // The edge of a thread: one that fails in a way not foreseen must not keep the others.
                log.error("Gray release {} of {} cannot be looked after", release.version(), release.item(), e);
            }
        }
    }

    private void look(GrayRelease release, Instant now, boolean settled) {
        Count count = releases.count(release);
        String fault = fault(release, count);
        if (fault != null) {
            act(release, Kind.ROLLED_BACK, fault);
        } else if (settled && isDue(release, count, now)) {
            act(release, release.isAtLastStep() ? Kind.PROMOTED : Kind.ADVANCED, null);
        }
    }

    private static boolean isDue(GrayRelease release, Count count, Instant now) {
        GrayPlan plan = release.plan();
        Instant baked = release.stepSince().plus(plan.steps().get(release.step() - 1).bake());
        return plan.automatic() && release.status() == Status.RUNNING && !now.isBefore(baked)
                && count.applied() >= plan.minClients();
    }

    /** Returns why a gray release is to be rolled back, null if nothing speaks against it. */
    private @Nullable String fault(GrayRelease release, Count count) {
        GrayPlan plan = release.plan();
        if (exceeds(count.failed(), count.fetched(), plan.maxErrorPercentage())) {
            String example = reports.findFailure(release.item(), release.version()).map(found -> "; " + found)
                    .orElse("");
            return cut(count.failed() + " of " + count.fetched() + " applications that have fetched it report errors,"
                    + " allowed are " + plan.maxErrorPercentage() + " %" + example);
        }
        if (exceeds(count.unhealthy(), count.clients(), plan.maxUnhealthyPercentage())) {
            return count.unhealthy() + " of " + count.clients()
                    + " applications that run with it are not well, by their own word or as the"
                    + " registry knows,"
                    + " allowed are " + plan.maxUnhealthyPercentage() + " %";
        }
        return null;
    }

    private static boolean exceeds(int part, int whole, int percentage) {
        return part * 100L > (long) whole * percentage;
    }

    private static String cut(String text) {
        return text.length() <= MAX_DETAIL_CHARACTERS ? text : text.substring(0, MAX_DETAIL_CHARACTERS);
    }

    private void act(GrayRelease release, Kind kind, @Nullable String detail) {
        releases.apply(release.item(), release.version(), release.number(), GrayEvent.AUTOMATIC, kind, detail);
        Counter counter = done.get(kind);
        if (counter != null) {
            counter.increment();
        }
        String action = "config.gray-release-" + kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
        audit.record(new Caller(release.startedBy(), Role.EDITOR, Caller.Means.NONE, ADDRESS, null), action,
                Map.of("namespace", release.item().namespace().value(), "item", release.item().name().value(),
                        "version", Long.toString(release.version())),
                "done");
        if (kind == Kind.ROLLED_BACK) {
            log.warn("Gray release {} of {} is rolled back: {}", release.version(), release.item(), detail);
        } else {
            log.info("Gray release {} of {} is {}", release.version(), release.item(),
                    kind.name().toLowerCase(Locale.ROOT));
        }
    }
}
