package dev.roster.server.web;

import dev.roster.server.security.AccessConflictException;
import dev.roster.server.security.AccessException;
import dev.roster.server.security.ForbiddenException;
import dev.roster.server.security.InvalidArgumentException;
import dev.roster.server.security.LastAdminException;
import dev.roster.server.security.TokenNotFoundException;
import dev.roster.server.security.TooManyAttemptsException;
import dev.roster.server.security.UnauthenticatedException;
import dev.roster.server.security.UserNotFoundException;
import org.springframework.stereotype.Component;

/** What refusals of security look like to callers. */
@Component
final class AccessProblems implements ProblemMapping<AccessException> {
    @Override
    public Class<AccessException> family() {
        return AccessException.class;
    }

    @Override
    public ProblemReport report(AccessException exception) {
        return switch (exception) {
            case UnauthenticatedException e -> ProblemReport.of(ProblemKind.UNAUTHENTICATED, e.getMessage());
            case ForbiddenException e -> ProblemReport.of(ProblemKind.FORBIDDEN, e.getMessage());
            case TooManyAttemptsException e ->
                ProblemReport.of(ProblemKind.TOO_MANY_REQUESTS, e.getMessage()).withRetryAfter(e.retryAfter());
            case UserNotFoundException e -> ProblemReport.of(ProblemKind.USER_NOT_FOUND, e.getMessage());
            case TokenNotFoundException e -> ProblemReport.of(ProblemKind.TOKEN_NOT_FOUND, e.getMessage());
            case LastAdminException e -> ProblemReport.of(ProblemKind.CONFLICT, e.getMessage());
            case AccessConflictException e -> ProblemReport.of(ProblemKind.CONFLICT, e.getMessage());
            case InvalidArgumentException e ->
                ProblemReport.invalidArgument(e.field(), e.value(), e.expected());
        };
    }
}
