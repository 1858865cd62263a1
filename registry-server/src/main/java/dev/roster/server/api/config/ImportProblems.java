package dev.roster.server.api.config;

import dev.roster.api.Problem.Violation;
import dev.roster.server.config.transfer.ImportBusyException;
import dev.roster.server.config.transfer.ImportConflictException;
import dev.roster.server.config.transfer.ImportException;
import dev.roster.server.config.transfer.ImportFlaw;
import dev.roster.server.config.transfer.ImportNotFoundException;
import dev.roster.server.config.transfer.ImportReport;
import dev.roster.server.config.transfer.ImportedItem;
import dev.roster.server.config.transfer.ImportedItem.Outcome;
import dev.roster.server.config.transfer.MalformedImportException;
import dev.roster.server.config.transfer.UnusableArchiveException;
import dev.roster.server.web.ProblemKind;
import dev.roster.server.web.ProblemMapping;
import dev.roster.server.web.ProblemReport;
import java.util.List;
import org.springframework.stereotype.Component;

/** What refusals of imports look like to callers. */
@Component
final class ImportProblems implements ProblemMapping<ImportException> {

    /** Most entries that are named; a preview names all. */
    private static final int MAX_VIOLATIONS = 20;

    @Override
    public Class<ImportException> family() {
        return ImportException.class;
    }

    @Override
    public ProblemReport report(ImportException exception) {
        return switch (exception) {
            case UnusableArchiveException e -> ProblemReport
                    .of(ProblemKind.INVALID_DOCUMENT,
                            (e.entry().isEmpty() ? "The archive " : e.entry() + " ") + e.problem())
                    .withViolation(e.entry().isEmpty() ? "archive" : e.entry(), null, e.expected());
            case MalformedImportException e -> malformed(e);
            case ImportConflictException e -> conflict(e);
            case ImportBusyException _ ->
                ProblemReport.of(ProblemKind.CONFLICT, "Another import is under way on this member");
            case ImportNotFoundException e -> ProblemReport.of(ProblemKind.NOT_FOUND,
                    "This member knows no import " + e.name() + "; ask the one that makes it");
        };
    }

    private static ProblemReport malformed(MalformedImportException e) {
        ProblemReport report = ProblemReport.of(ProblemKind.INVALID_DOCUMENT,
                e.report().count(Outcome.MALFORMED) + " entries cannot be imported; nothing was");
        for (ImportedItem item : first(e.report(), Outcome.MALFORMED)) {
            ImportFlaw flaw = item.flaw();
            if (flaw != null) {
                report = report.withViolation(
                        new Violation(item.entry(), flaw.problem(), flaw.expected(), flaw.line(), flaw.column()));
            }
        }
        return report;
    }

    private static ProblemReport conflict(ImportConflictException e) {
        ProblemReport report = ProblemReport.of(ProblemKind.CONFLICT, e.report().count(Outcome.CONFLICT)
                + " items are there with other content; nothing was imported. Say with conflict what is to become of them");
        for (ImportedItem item : first(e.report(), Outcome.CONFLICT)) {
            report = report.withViolation(item.entry(), item.name(), "no item of this name, or the same content");
        }
        return report;
    }

    private static List<ImportedItem> first(ImportReport report, Outcome outcome) {
        return report.items().stream().filter(item -> item.outcome() == outcome).limit(MAX_VIOLATIONS).toList();
    }
}
