package dev.roster.server.api.config;

import dev.roster.api.config.ConfigImportItem;
import dev.roster.api.config.ConfigImportReport;
import dev.roster.api.config.ConfigImportRun;
import dev.roster.server.api.wire.ConfigRecords;
import dev.roster.server.config.format.DocumentFormat;
import dev.roster.server.config.transfer.ImportFlaw;
import dev.roster.server.config.transfer.ImportReport;
import dev.roster.server.config.transfer.ImportRun;
import dev.roster.server.config.transfer.ImportedItem;
import dev.roster.server.config.transfer.ImportedItem.Outcome;

/** What imports tell, as records of the API. */
final class ImportRecords {
    private ImportRecords() {}

    static ConfigImportReport report(ImportReport report) {
        ConfigImportReport.Source source = switch (report.source()) {
            case ROSTER -> ConfigImportReport.Source.ROSTER;
            case NACOS -> ConfigImportReport.Source.NACOS;
            case APOLLO -> ConfigImportReport.Source.APOLLO;
            case CONSUL -> ConfigImportReport.Source.CONSUL;
            case FILES -> ConfigImportReport.Source.FILES;
        };
        return new ConfigImportReport(report.namespace().value(), source, report.preview(), report.revision(),
                count(report, Outcome.CREATED), count(report, Outcome.CHANGED), count(report, Outcome.UNCHANGED),
                count(report, Outcome.SKIPPED), count(report, Outcome.CONFLICT), count(report, Outcome.MALFORMED),
                count(report, Outcome.IGNORED), report.items().stream().map(ImportRecords::item).toList());
    }

    static ConfigImportRun run(ImportRun run) {
        ConfigImportRun.Phase phase = switch (run.phase()) {
            case READING -> ConfigImportRun.Phase.READING;
            case STORING -> ConfigImportRun.Phase.STORING;
            case DONE -> ConfigImportRun.Phase.DONE;
            case FAILED -> ConfigImportRun.Phase.FAILED;
        };
        return new ConfigImportRun(run.name(), phase, run.done(), run.total(), run.updatedAt(), run.problem());
    }

    private static int count(ImportReport report, Outcome outcome) {
        return (int) report.count(outcome);
    }

    private static ConfigImportItem item(ImportedItem item) {
        ConfigImportItem.Outcome outcome = switch (item.outcome()) {
            case CREATED -> ConfigImportItem.Outcome.CREATED;
            case CHANGED -> ConfigImportItem.Outcome.CHANGED;
            case UNCHANGED -> ConfigImportItem.Outcome.UNCHANGED;
            case SKIPPED -> ConfigImportItem.Outcome.SKIPPED;
            case CONFLICT -> ConfigImportItem.Outcome.CONFLICT;
            case MALFORMED -> ConfigImportItem.Outcome.MALFORMED;
            case IGNORED -> ConfigImportItem.Outcome.IGNORED;
        };
        DocumentFormat format = item.format();
        ImportFlaw flaw = item.flaw();
        return flaw == null
                ? new ConfigImportItem(item.entry(), item.name(), outcome,
                        format == null ? null : ConfigRecords.format(format), item.version(), null, null, null, null)
                : new ConfigImportItem(item.entry(), item.name(), outcome, null, item.version(), flaw.problem(),
                        flaw.expected(), flaw.line(), flaw.column());
    }
}
