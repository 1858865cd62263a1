package dev.roster.server.api.config;

import dev.roster.api.Problem.Violation;
import dev.roster.server.config.ConfigException;
import dev.roster.server.config.GrayReleaseRunningException;
import dev.roster.server.config.InvalidDocumentException;
import dev.roster.server.config.ItemContendedException;
import dev.roster.server.config.ItemNotFoundException;
import dev.roster.server.config.ReviewRequiredException;
import dev.roster.server.config.RulesMismatchException;
import dev.roster.server.config.VersionMismatchException;
import dev.roster.server.config.VersionNotFoundException;
import dev.roster.server.config.VersionRequiredException;
import dev.roster.server.config.format.DocumentFlaw;
import dev.roster.server.web.ProblemKind;
import dev.roster.server.web.ProblemMapping;
import dev.roster.server.web.ProblemReport;
import org.springframework.stereotype.Component;

/** What refusals of configuration look like to callers. */
@Component
final class ConfigProblems implements ProblemMapping<ConfigException> {

    /** As long as any value in a problem document. */
    private static final int MAX_LINE_CHARACTERS = 100;

    @Override
    public Class<ConfigException> family() {
        return ConfigException.class;
    }

    @Override
    public ProblemReport report(ConfigException exception) {
        return switch (exception) {
            case InvalidDocumentException e -> invalidDocument("", e);
            case ItemNotFoundException e ->
                ProblemReport.of(ProblemKind.CONFIG_NOT_FOUND, "There is no item " + e.item());
            case VersionNotFoundException e -> ProblemReport.of(ProblemKind.VERSION_NOT_FOUND, "Version " + e.version()
                    + " of " + e.item() + " never was, is no longer kept or records a deletion");
            case VersionMismatchException e -> mismatch(e);
            case VersionRequiredException e -> ProblemReport
                    .of(ProblemKind.PRECONDITION_REQUIRED,
                            "Name the version of item " + e.item() + " that you have seen")
                    .withViolation("If-Match", null, "the version that you have seen, such as \"" + e.currentVersion()
                            + "\"")
                    .withCurrentVersion(e.currentVersion());
            case ReviewRequiredException e -> ProblemReport.of(ProblemKind.REVIEW_REQUIRED, "Namespace " + e.namespace()
                    + " asks for review: put the changes into a change set and have it approved");
            case GrayReleaseRunningException e -> ProblemReport.of(ProblemKind.GRAY_RELEASE_RUNNING,
                    "A gray release of item " + e.item() + " runs: promote or abort it first");
            case RulesMismatchException e -> ProblemReport
                    .of(ProblemKind.VERSION_MISMATCH,
                            "The rules of namespace " + e.namespace() + " have number " + e.currentNumber())
                    .withCurrentVersion(e.currentNumber());
            case ItemContendedException e -> ProblemReport.of(ProblemKind.CONFLICT, "Item " + e.item()
                    + " is being changed by others at the same time; nothing was changed by this request");
        };
    }

    private static ProblemReport mismatch(VersionMismatchException e) {
        Long current = e.currentVersion();
        return current == null
                ? ProblemReport.of(ProblemKind.VERSION_MISMATCH,
                        "There is no item " + e.item() + "; to make it, send no If-Match")
                : ProblemReport.of(ProblemKind.VERSION_MISMATCH, "Item " + e.item() + " is at version " + current)
                        .withCurrentVersion(current);
    }

    /**
     * Reports a flaw of a document.
     *
     * @param place what goes in front of the name of the field, such as {@code changes[3].}
     */
    static ProblemReport invalidDocument(String place, InvalidDocumentException e) {
        DocumentFlaw flaw = e.flaw();
        return ProblemReport
                .of(ProblemKind.INVALID_DOCUMENT,
                        "Line " + flaw.line() + ", column " + flaw.column() + ": " + flaw.problem())
                .withViolation(
                        new Violation(place + "content", cut(e.line()), flaw.expected(), flaw.line(), flaw.column()));
    }

    private static String cut(String line) {
        return line.length() <= MAX_LINE_CHARACTERS ? line : line.substring(0, MAX_LINE_CHARACTERS - 1) + "…";
    }
}
