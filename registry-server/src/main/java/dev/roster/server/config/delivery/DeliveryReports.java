package dev.roster.server.config.delivery;

import dev.roster.server.config.ConfigView;
import dev.roster.server.config.ItemKey;
import dev.roster.server.config.Release;
import dev.roster.server.config.delivery.Adoption.Count;
import dev.roster.server.config.delivery.Adoption.Pending;
import dev.roster.server.security.Caller;
import dev.roster.server.security.NamespaceName;
import dev.roster.server.security.Role;
import dev.roster.server.store.Store;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what applications report, in memory, and tells how far a version has come. May be used by any thread; nothing here
 * waits, but for a lock that is held for microseconds, or milliseconds while adoption is counted over all reports.
 *
 * <p>A report replaces the one before of the same application in the same namespace. It counts for {@link #LIFETIME}, so an
 * application has to repeat it, and one that is gone is forgotten.
 */
public final class DeliveryReports {

    /** How long a report counts. */
    public static final Duration LIFETIME = Duration.ofMinutes(3);

    /** Most reports that are kept, of some hundred bytes usually. Beyond them the oldest is dropped. */
    public static final int MAX_REPORTS = 20_000;

    /** Most characters of errors that are kept in all: beyond them the errors of further reports are counted, not kept. */
    static final int MAX_ERROR_CHARACTERS = 8 * 1024 * 1024;

    /** Most applications that an answer names. */
    public static final int MAX_PENDING = 100;

    private static final BindingError NOT_KEPT = new BindingError("",
            "there are errors, but too many applications report some for this member to keep them");

    private record Reporter(NamespaceName namespace, ClientName client) {}

    private record Kept(ClientReport report, Instant at, int errorCharacters) {}

    private final Store store;
    private final InstantSource clock;
    private final Counter received;

    /** In the order of the last report, the oldest first. Guarded by itself, as is {@link #errorCharacters}. */
    private final Map<Reporter, Kept> reports = new LinkedHashMap<>();
    private int errorCharacters;

    /**
     * Makes it, with no reports.
     *
     * @param clock tells which reports are too old
     */
    public DeliveryReports(Store store, InstantSource clock, MeterRegistry meters) {
        this.store = store;
        this.clock = clock;
        this.received = Counter.builder("roster.config.reports")
                .description("Reports of applications on their configuration that this member has got")
                .register(meters);
        Gauge.builder("roster.config.reporting", this, DeliveryReports::size)
                .description("Applications whose report on their configuration this member keeps").register(meters);
    }

    /** Keeps a report in place of the one before. */
    public void add(Caller caller, ClientReport report) {
        caller.require(Role.APPLICATION);
        Instant now = clock.instant();
        received.increment();
        synchronized (reports) {
            dropOld(now);
            Reporter reporter = new Reporter(report.namespace(), report.client());
            forget(reports.remove(reporter));
            Kept kept = bounded(report, now);
            errorCharacters += kept.errorCharacters;
            reports.put(reporter, kept);
            if (reports.size() > MAX_REPORTS) {
                Iterator<Kept> oldest = reports.values().iterator();
                forget(oldest.next());
                oldest.remove();
            }
        }
    }

    /**
     * Tells how far the current version of an item has come.
     *
     * @throws dev.roster.server.config.ItemNotFoundException if there is no such item
     */
    public Adoption adoption(Caller caller, ItemKey item) {
        caller.require(Role.READER);
        Release current = new ConfigView(store.view()).getRelease(item);
        List<Pending> followers = new ArrayList<>();
        synchronized (reports) {
            dropOld(clock.instant());
            reports.forEach((reporter, kept) -> {
                if (reporter.namespace.equals(item.namespace())) {
                    kept.report.items().stream().filter(one -> one.item().equals(item.name())).forEach(one -> followers
                            .add(new Pending(reporter.client, kept.report.application(), one, kept.at)));
                }
            });
        }
        return count(current, followers);
    }

    private static Adoption count(Release current, List<Pending> followers) {
        long version = current.entry().version();
        Map<Long, Integer> versions = new TreeMap<>(Comparator.reverseOrder());
        int fetched = 0;
        int applied = 0;
        int failed = 0;
        List<Pending> pending = new ArrayList<>();
        for (Pending follower : followers) {
            ItemReport report = follower.report();
            versions.merge(report.applied(), 1, Integer::sum);
            boolean hasFetched = report.fetched() >= version;
            boolean hasErrors = !report.errors().isEmpty();
            fetched += hasFetched ? 1 : 0;
            failed += hasFetched && hasErrors ? 1 : 0;
            if (report.applied() >= version && !hasErrors) {
                applied++;
            } else {
                pending.add(follower);
            }
        }
        pending.sort(Comparator.comparing((Pending one) -> one.report().errors().isEmpty())
                .thenComparing(Pending::client));
        return new Adoption(current.entry().revision(), current.item(), version, followers.size(), fetched, applied,
                failed,
                versions.entrySet().stream().map(entry -> new Count(entry.getKey(), entry.getValue())).toList(),
                pending.subList(0, Math.min(MAX_PENDING, pending.size())));
    }

    private int size() {
        synchronized (reports) {
            dropOld(clock.instant());
            return reports.size();
        }
    }

    /** Drops what is too old. Reports are in the order of time unless the clock was set back; then some stay for longer. */
    private void dropOld(Instant now) {
        Instant oldest = now.minus(LIFETIME);
        Iterator<Kept> all = reports.values().iterator();
        while (all.hasNext()) {
            Kept kept = all.next();
            if (!kept.at.isBefore(oldest)) {
                return;
            }
            forget(kept);
            all.remove();
        }
    }

    private void forget(@Nullable Kept kept) {
        errorCharacters -= kept == null ? 0 : kept.errorCharacters;
    }

    /** Returns what is to be kept of a report: where there are too many errors already, only that there are some. */
    private Kept bounded(ClientReport report, Instant now) {
        int characters = 0;
        for (ItemReport item : report.items()) {
            for (BindingError error : item.errors()) {
                characters += error.property().length() + error.message().length();
            }
        }
        if (errorCharacters + characters <= MAX_ERROR_CHARACTERS) {
            return new Kept(report, now, characters);
        }
        List<ItemReport> shortened = report.items().stream()
                .map(item -> item.errors().isEmpty()
                        ? item
                        : new ItemReport(item.item(), item.fetched(), item.applied(), List.of(NOT_KEPT)))
                .toList();
        return new Kept(new ClientReport(report.namespace(), report.client(), report.application(), shortened), now, 0);
    }
}
