package dev.roster.server.config.delivery;

import dev.roster.server.config.delivery.Adoption.Count;
import dev.roster.server.config.delivery.Adoption.Pending;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What has become of one item in the applications that talk to one member: small enough to be told to all members.
 *
 * @param clients how many applications follow the item
 * @param versions what they make of each version, the newest first
 * @param pending some of those that do not run with the current version, those with errors first
 */
record DeliverySummary(int clients, List<Count> versions, List<Pending> pending) {

    /** Most versions of a summary: what further ones come to is counted in {@code clients} alone. */
    static final int MAX_VERSIONS = 50;

    /** Most applications that a summary names to other members, and most errors of each. */
    static final int MAX_SHARED_PENDING = 30;
    static final int MAX_SHARED_ERRORS = 3;

    static final DeliverySummary EMPTY = new DeliverySummary(0, List.of(), List.of());

    /** Those with errors first, then by name. */
    static final Comparator<Pending> ORDER = Comparator
            .comparing((Pending one) -> one.report().errors().isEmpty()).thenComparing(Pending::client);

    DeliverySummary {
        versions = List.copyOf(versions);
        pending = List.copyOf(pending);
    }

    boolean isEmpty() {
        return clients == 0;
    }

    /** Returns what is told to other members. */
    DeliverySummary shared() {
        List<Count> kept = versions.stream()
                .sorted(Comparator.comparingInt((Count count) -> count.clients() + count.fetched()).reversed())
                .limit(MAX_VERSIONS).sorted(Comparator.comparingLong(Count::version).reversed()).toList();
        return new DeliverySummary(clients, kept,
                pending.stream().limit(MAX_SHARED_PENDING).map(DeliverySummary::shortened).toList());
    }

    private static Pending shortened(Pending pending) {
        ItemReport report = pending.report();
        return new Pending(pending.client(), pending.application(),
                new ItemReport(report.item(), report.fetched(), report.applied(),
                        report.errors().stream().limit(MAX_SHARED_ERRORS).toList()),
                pending.reportedAt());
    }

    /** Returns this together with what another member knows. */
    DeliverySummary plus(DeliverySummary other) {
        Map<Long, Count> counts = new TreeMap<>(Comparator.reverseOrder());
        versions.forEach(count -> counts.put(count.version(), count));
        other.versions.forEach(count -> counts.merge(count.version(), count, Count::plus));
        List<Pending> all = new ArrayList<>(pending);
        all.addAll(other.pending);
        all.sort(ORDER);
        return new DeliverySummary(clients + other.clients, List.copyOf(counts.values()), all);
    }
}
