package dev.roster.spring.config;

import dev.roster.api.config.BindingError;
import dev.roster.api.config.DeliveryReportRequest;
import dev.roster.api.config.ItemDeliveryRequest;
import dev.roster.client.ConfigReporter;
import dev.roster.spring.config.RosterConfigEvent.Problem;
import dev.roster.spring.health.ApplicationHealth;
import dev.roster.spring.health.ApplicationHealth.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/**
 * Tells Roster what becomes of configuration in the application, and whether it is well: by the client's threads, so that the
 * application never waits.
 */
final class RosterConfigReports implements SmartLifecycle, ConfigReporter.Source {

    /** What Roster takes: items of a report, errors of an item, characters of a text. */
    private static final int MAX_ITEMS = 100;
    private static final int MAX_ERRORS = 20;
    private static final int MAX_CHARACTERS = 500;

    private final RosterConfigSource source;
    private final @Nullable ApplicationHealth health;
    private volatile @Nullable ConfigReporter reporter;

    /**
     * Makes reports that do not begin yet.
     *
     * @param health asked whether the application is well, null if nobody knows
     */
    RosterConfigReports(RosterConfigSource source, @Nullable ApplicationHealth health) {
        this.source = source;
        this.health = health;
    }

    @Override
    public void start() {
        ConfigReporter begun = source.client().reportConfig(Objects.requireNonNull(source.identity().instance()),
                this);
        reporter = begun;
        source.onReport(begun::changed);
        begun.changed();
    }

    @Override
    public void stop() {
        ConfigReporter running = reporter;
        reporter = null;
        source.onReport(() -> {});
        if (running != null) {
            running.close();
        }
    }

    @Override
    public boolean isRunning() {
        return reporter != null;
    }

    @Override
    public Map<String, DeliveryReportRequest> reports() {
        Map<String, List<ItemDeliveryRequest>> items = new TreeMap<>();
        for (RosterConfigSource.Report report : source.reports()) {
            List<ItemDeliveryRequest> ofNamespace = items.computeIfAbsent(report.item().namespace(),
                    name -> new ArrayList<>());
            if (ofNamespace.size() < MAX_ITEMS) {
                ofNamespace.add(item(report));
            }
        }
        Boolean healthy = healthy();
        Map<String, DeliveryReportRequest> reports = new TreeMap<>();
        items.forEach((namespace, ofNamespace) -> reports.put(namespace,
                new DeliveryReportRequest(cut(source.application(), 128), healthy, ofNamespace)));
        return reports;
    }

    private @Nullable Boolean healthy() {
        try {
            return health == null ? null : health.ask().state() != State.ILL;
        } catch (RuntimeException e) {
            // An indicator of the application may throw anything: that is no good health.
            return false;
        }
    }

    private static ItemDeliveryRequest item(RosterConfigSource.Report report) {
        Long rejected = report.rejected();
        List<BindingError> errors = List.of();
        if (rejected != null && rejected == report.current()) {
            errors = report.problems().isEmpty()
                    ? List.of(new BindingError(null, cut(report.reason(), MAX_CHARACTERS)))
                    : report.problems().stream().limit(MAX_ERRORS).map(RosterConfigReports::error).toList();
        }
        return new ItemDeliveryRequest(report.item().name(), report.current(), report.applied(), errors);
    }

    private static BindingError error(Problem problem) {
        return new BindingError(cut(problem.property(), MAX_CHARACTERS), cut(problem.reason(), MAX_CHARACTERS));
    }

    private static String cut(@Nullable String text, int characters) {
        String given = text == null || text.isBlank() ? "unknown" : text;
        return given.length() <= characters ? given : given.substring(0, characters);
    }
}
