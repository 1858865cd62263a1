package dev.roster.server.api.config;

import dev.roster.server.config.changeset.ChangeSetException;
import dev.roster.server.config.changeset.ChangeSetMismatchException;
import dev.roster.server.config.changeset.ChangeSetNotFoundException;
import dev.roster.server.config.changeset.ChangeSetStateException;
import dev.roster.server.config.changeset.ChangeSets;
import dev.roster.server.config.changeset.DraftNotFoundException;
import dev.roster.server.config.changeset.NotApprovedException;
import dev.roster.server.config.changeset.OwnApprovalException;
import dev.roster.server.config.changeset.TooManyChangeSetsException;
import dev.roster.server.web.ProblemKind;
import dev.roster.server.web.ProblemMapping;
import dev.roster.server.web.ProblemReport;
import java.util.Locale;
import org.springframework.stereotype.Component;

/** What refusals of change sets look like to callers. */
@Component
final class ChangeSetProblems implements ProblemMapping<ChangeSetException> {

    @Override
    public Class<ChangeSetException> family() {
        return ChangeSetException.class;
    }

    @Override
    public ProblemReport report(ChangeSetException exception) {
        String set = "Change set " + exception.key();
        return switch (exception) {
            case ChangeSetNotFoundException e ->
                ProblemReport.of(ProblemKind.CHANGE_SET_NOT_FOUND, "There is no change set " + e.key());
            case DraftNotFoundException e ->
                ProblemReport.of(ProblemKind.DRAFT_NOT_FOUND, set + " has no draft of " + e.item());
            case ChangeSetMismatchException e -> ProblemReport
                    .of(ProblemKind.VERSION_MISMATCH, set + " has number " + e.currentNumber())
                    .withCurrentVersion(e.currentNumber());
            case ChangeSetStateException e -> ProblemReport.of(ProblemKind.CONFLICT, set + " is "
                    + e.status().name().toLowerCase(Locale.ROOT).replace('_', ' ') + "; it must be " + e.needed());
            case OwnApprovalException e -> ProblemReport.of(ProblemKind.REVIEW_REQUIRED,
                    set + " must be approved by others than those who wrote it");
            case NotApprovedException e -> ProblemReport.of(ProblemKind.REVIEW_REQUIRED,
                    set + " has " + e.approvals() + " of " + e.needed()
                            + " approvals by others than those who wrote it");
            case TooManyChangeSetsException e -> ProblemReport.of(ProblemKind.CONFLICT, "Namespace "
                    + e.key().namespace() + " has " + ChangeSets.MAX_OPEN
                    + " open change sets: publish or abandon some first");
        };
    }
}
