package dev.roster.server.config.delivery;

import dev.roster.server.config.ConfigView;
import dev.roster.server.config.GrayMark;
import dev.roster.server.config.ItemKey;
import dev.roster.server.config.Release;
import dev.roster.server.config.ReleaseEntry;
import dev.roster.server.config.delivery.Adoption.Count;
import dev.roster.server.config.delivery.Adoption.Pending;
import dev.roster.server.security.Caller;
import dev.roster.server.security.NamespaceName;
import dev.roster.server.security.Role;
import dev.roster.server.store.Key;
import dev.roster.server.store.KeyValue;
import dev.roster.server.store.ReadView;
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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what applications report to this member, in memory, and tells how far a version has come in the whole cluster: from
 * these reports, and from what other members have told by {@link SharedReports}. May be used by any thread; nothing here
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

    /** Most reports that are taken within a second of the clock: beyond them applications are asked to wait. */
    public static final int MAX_REPORTS_PER_SECOND = 5_000;

    /** Most applications that an answer names. */
    public static final int MAX_PENDING = 100;

    /** Most members whose summaries are read. A cluster has far fewer. */
    private static final int MAX_MEMBERS = 100;

    private static final BindingError NOT_KEPT = new BindingError("",
            "there are errors, but too many applications report some for this member to keep them");

    private record Reporter(NamespaceName namespace, ClientName client) {}

    /**
     * A report.
     *
     * @param at when it came last
     * @param since when it came first, with nothing else reported since
     */
    private record Kept(ClientReport report, Instant at, Instant since, int errorCharacters) {}

    private final Store store;
    private final String self;
    private final ClientHealth health;
    private final InstantSource clock;
    private final Counter received;
    private final Counter refused;

    /** In the order of the last report, the oldest first. Guarded by itself, as is {@link #errorCharacters}. */
    private final Map<Reporter, Kept> reports = new LinkedHashMap<>();
    private int errorCharacters;
    private long second;
    private int ofSecond;

    /** Items of which something else is reported than other members were told. Guarded by {@link #reports}. */
    private final Set<ItemKey> changed = new LinkedHashSet<>();

    /** Makes it, with no reports, for applications of which nothing else is known. */
    public DeliveryReports(Store store, String self, InstantSource clock, MeterRegistry meters) {
        this(store, self, ClientHealth.UNKNOWN, clock, meters);
    }

    /**
     * Makes it, with no reports.
     *
     * @param self name of this member
     * @param health asked for every application that is counted, whether it is well beside what it says itself
     * @param clock tells which reports are too old
     */
    public DeliveryReports(Store store, String self, ClientHealth health, InstantSource clock, MeterRegistry meters) {
        this.store = store;
        this.self = self;
        this.health = health;
        this.clock = clock;
        this.received = Counter.builder("roster.config.reports")
                .description("Reports of applications on their configuration that this member has got")
                .register(meters);
        this.refused = Counter.builder("roster.config.reports.refused")
                .description("Reports that this member has refused because too many came at once").register(meters);
        Gauge.builder("roster.config.reporting", this, DeliveryReports::size)
                .description("Applications whose report on their configuration this member keeps").register(meters);
    }

    /**
     * Keeps a report in place of the one before.
     *
     * @return false if it was not taken, because too many come at once
     */
    public boolean add(Caller caller, ClientReport report) {
        caller.require(Role.APPLICATION);
        Instant now = clock.instant();
        synchronized (reports) {
            if (!isWithinRate(now)) {
                refused.increment();
                return false;
            }
            received.increment();
            dropOld(now);
            Reporter reporter = new Reporter(report.namespace(), report.client());
            Kept before = reports.remove(reporter);
            forget(before);
            Kept kept = bounded(report, now, before);
            errorCharacters += kept.errorCharacters;
            reports.put(reporter, kept);
            change(kept);
            if (reports.size() > MAX_REPORTS) {
                Iterator<Kept> oldest = reports.values().iterator();
                forget(oldest.next());
                oldest.remove();
            }
        }
        return true;
    }

    private boolean isWithinRate(Instant now) {
        if (now.getEpochSecond() != second) {
            second = now.getEpochSecond();
            ofSecond = 0;
        }
        ofSecond++;
        return ofSecond <= MAX_REPORTS_PER_SECOND;
    }

    /**
     * Tells how far the current version of an item has come.
     *
     * @throws dev.roster.server.config.ItemNotFoundException if there is no such item
     */
    public Adoption adoption(Caller caller, ItemKey item) {
        caller.require(Role.READER);
        ReadView view = store.view();
        Release current = new ConfigView(view).getRelease(item);
        DeliverySummary summary = summary(view, item, current.entry().version());
        Count count = summary.versions().stream().filter(one -> one.version() == current.entry().version()).findFirst()
                .orElse(Count.none(current.entry().version()));
        return new Adoption(current.entry().revision(), item, count.version(), summary.clients(), count.fetched(),
                count.applied(), count.failed(), summary.versions(),
                summary.pending().subList(0, Math.min(MAX_PENDING, summary.pending().size())));
    }

    /** Tells what applications make of a version of an item, be it current or not. */
    public Count count(ItemKey item, long version) {
        return summary(store.view(), item, version).versions().stream().filter(one -> one.version() == version)
                .findFirst().orElse(Count.none(version));
    }

    /** Returns an example of what does not fit of a version of an item: an application, and an error that it reports. */
    public Optional<String> findFailure(ItemKey item, long version) {
        return summary(store.view(), item, version).pending().stream()
                .filter(one -> one.report().fetched() == version && !one.report().errors().isEmpty())
                .findFirst().map(one -> {
                    BindingError error = one.report().errors().getFirst();
                    return one.client() + ": " + (error.property().isEmpty() ? "" : error.property() + ": ")
                            + error.message();
                });
    }

    private DeliverySummary summary(ReadView view, ItemKey item, long currentVersion) {
        DeliverySummary sum = summaries(Map.of(item, currentVersion)).getOrDefault(item, DeliverySummary.EMPTY);
        Key own = DeliveryKeys.summary(item, self);
        for (KeyValue stored : view.read(DeliveryKeys.summaries(item), MAX_MEMBERS).keys()) {
            if (!stored.key().equals(own)) {
                sum = sum.plus(SummaryRecord.read(item.name(), stored));
            }
        }
        return sum;
    }

    /** Returns items with a gray release: how applications are is looked at all the time, and not only when they report. */
    Set<ItemKey> watched(int limit) {
        Set<ItemKey> items = new LinkedHashSet<>();
        store.view().read(GrayMark.all(), limit).keys().forEach(stored -> items.add(GrayMark.item(stored.key())));
        return items;
    }

    /** Returns items of which something else is reported than before, and takes them for told. */
    Set<ItemKey> takeChanged(int limit) {
        Set<ItemKey> taken = new LinkedHashSet<>();
        synchronized (reports) {
            dropOld(clock.instant());
            Iterator<ItemKey> all = changed.iterator();
            while (taken.size() < limit && all.hasNext()) {
                taken.add(all.next());
                all.remove();
            }
        }
        return taken;
    }

    /** Takes it back that items were told. */
    void markChanged(Set<ItemKey> items) {
        synchronized (reports) {
            changed.addAll(items);
        }
    }

    /** Returns what applications report to this member of each of the items. */
    Map<ItemKey, DeliverySummary> summaries(Set<ItemKey> items) {
        ConfigView view = new ConfigView(store.view());
        Map<ItemKey, Long> current = new LinkedHashMap<>();
        items.forEach(item -> current.put(item, view.findLast(item).map(ReleaseEntry::version).orElse(0L)));
        return summaries(current);
    }

    private Map<ItemKey, DeliverySummary> summaries(Map<ItemKey, Long> currentVersions) {
        Map<ItemKey, List<Follower>> followers = new LinkedHashMap<>();
        currentVersions.keySet().forEach(item -> followers.put(item, new ArrayList<>()));
        synchronized (reports) {
            dropOld(clock.instant());
            reports.forEach((reporter, kept) -> kept.report.items().forEach(one -> {
                List<Follower> ofItem = followers.get(new ItemKey(reporter.namespace, one.item()));
                if (ofItem != null) {
                    ofItem.add(new Follower(reporter, kept, one));
                }
            }));
        }
        Map<ItemKey, DeliverySummary> summaries = new LinkedHashMap<>();
        followers.forEach((item, all) -> summaries.put(item,
                summary(all, Objects.requireNonNull(currentVersions.get(item)))));
        return summaries;
    }

    private record Follower(Reporter reporter, Kept kept, ItemReport report) {
        boolean isWell(ClientHealth health) {
            String application = kept.report.application();
            return kept.report.healthy()
                    && (application == null || health.isWell(reporter.namespace, application, reporter.client));
        }

        Pending pending() {
            return new Pending(kept.report.client(), kept.report.application(), report, kept.since);
        }

        boolean isBehind(long currentVersion) {
            // A version beyond the current one is that of a gray release, which this application is to run with.
            return report.applied() < currentVersion || !report.errors().isEmpty();
        }
    }

    private DeliverySummary summary(List<Follower> followers, long currentVersion) {
        Map<Long, Count> counts = new TreeMap<>(Comparator.reverseOrder());
        for (Follower follower : followers) {
            ItemReport report = follower.report;
            int well = report.errors().isEmpty() ? 1 : 0;
            int ill = follower.isWell(health) ? 0 : 1;
            counts.merge(report.applied(), new Count(report.applied(), 1, well, 0, 0, ill), Count::plus);
            counts.merge(report.fetched(), new Count(report.fetched(), 0, 0, 1, 1 - well, 0), Count::plus);
        }
        List<Pending> pending = followers.stream().filter(one -> one.isBehind(currentVersion)).map(Follower::pending)
                .sorted(DeliverySummary.ORDER).limit(MAX_PENDING).toList();
        return new DeliverySummary(followers.size(), List.copyOf(counts.values()), pending);
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
        if (kept != null) {
            errorCharacters -= kept.errorCharacters;
            change(kept);
        }
    }

    private void change(Kept kept) {
        kept.report.items().forEach(item -> changed.add(new ItemKey(kept.report.namespace(), item.item())));
    }

    /** Returns what is to be kept of a report: where there are too many errors already, only that there are some. */
    private Kept bounded(ClientReport report, Instant now, @Nullable Kept before) {
        int characters = 0;
        for (ItemReport item : report.items()) {
            for (BindingError error : item.errors()) {
                characters += error.property().length() + error.message().length();
            }
        }
        if (errorCharacters + characters <= MAX_ERROR_CHARACTERS) {
            return new Kept(report, now, since(report, now, before), characters);
        }
        List<ItemReport> shortened = report.items().stream()
                .map(item -> item.errors().isEmpty()
                        ? item
                        : new ItemReport(item.item(), item.fetched(), item.applied(), List.of(NOT_KEPT)))
                .toList();
        ClientReport kept = new ClientReport(report.namespace(), report.client(), report.application(),
                report.healthy(), shortened);
        return new Kept(kept, now, since(kept, now, before), 0);
    }

    private static Instant since(ClientReport report, Instant now, @Nullable Kept before) {
        return before != null && before.report.equals(report) ? before.since : now;
    }
}
