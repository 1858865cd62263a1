package dev.roster.server.api.config;

import dev.roster.server.config.gray.GrayException;
import dev.roster.server.config.gray.GrayReleaseMismatchException;
import dev.roster.server.config.gray.GrayReleaseNotFoundException;
import dev.roster.server.config.gray.GrayReleaseStateException;
import dev.roster.server.web.ProblemKind;
import dev.roster.server.web.ProblemMapping;
import dev.roster.server.web.ProblemReport;
import java.util.Locale;
import org.springframework.stereotype.Component;

/** What refusals of gray releases look like to callers. */
@Component
final class GrayProblems implements ProblemMapping<GrayException> {

    @Override
    public Class<GrayException> family() {
        return GrayException.class;
    }

    @Override
    public ProblemReport report(GrayException exception) {
        String release = "Gray release " + exception.version() + " of item " + exception.item();
        return switch (exception) {
            case GrayReleaseNotFoundException e -> ProblemReport.of(ProblemKind.GRAY_RELEASE_NOT_FOUND,
                    "There is no gray release " + e.version() + " of item " + e.item());
            case GrayReleaseMismatchException e -> ProblemReport
                    .of(ProblemKind.VERSION_MISMATCH, release + " has number " + e.currentNumber())
                    .withCurrentVersion(e.currentNumber());
            case GrayReleaseStateException e -> ProblemReport.of(ProblemKind.CONFLICT, release + " is "
                    + e.status().name().toLowerCase(Locale.ROOT).replace('_', ' ') + "; it must be " + e.needed());
        };
    }
}
