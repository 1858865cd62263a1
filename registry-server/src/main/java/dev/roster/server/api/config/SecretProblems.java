package dev.roster.server.api.config;

import dev.roster.api.Problem.Violation;
import dev.roster.server.config.format.DocumentFlaw;
import dev.roster.server.config.secret.DataKeyConflictException;
import dev.roster.server.config.secret.MasterKeyUnavailableException;
import dev.roster.server.config.secret.MisplacedSecretException;
import dev.roster.server.config.secret.SecretException;
import dev.roster.server.config.secret.SecretUnreadableException;
import dev.roster.server.web.ProblemKind;
import dev.roster.server.web.ProblemMapping;
import dev.roster.server.web.ProblemReport;
import org.springframework.stereotype.Component;

/** What refusals that have to do with secrets look like to callers. None shows any part of a document. */
@Component
final class SecretProblems implements ProblemMapping<SecretException> {

    @Override
    public Class<SecretException> family() {
        return SecretException.class;
    }

    @Override
    public ProblemReport report(SecretException exception) {
        return switch (exception) {
            case MisplacedSecretException e -> misplaced(e);
            case MasterKeyUnavailableException e -> ProblemReport.of(ProblemKind.SECRETS_UNAVAILABLE, e.getMessage());
            case SecretUnreadableException e -> ProblemReport.of(ProblemKind.SECRETS_UNAVAILABLE, e.getMessage());
            case DataKeyConflictException e -> ProblemReport.of(ProblemKind.CONFLICT, e.getMessage());
        };
    }

    private static ProblemReport misplaced(MisplacedSecretException e) {
        DocumentFlaw flaw = e.flaw();
        return ProblemReport
                .of(ProblemKind.INVALID_DOCUMENT,
                        "Item " + e.place() + ", line " + flaw.line() + ", column " + flaw.column() + ": "
                                + flaw.problem())
                .withViolation(new Violation("content", null, flaw.expected(), flaw.line(), flaw.column()));
    }
}
