package dev.roster.server.api.registry;

import dev.roster.api.registry.CheckRegistration;
import dev.roster.server.registry.Check;
import dev.roster.server.registry.CheckId;
import dev.roster.server.registry.CheckMethod;
import dev.roster.server.registry.CheckStatus;
import dev.roster.server.web.ProblemException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Makes checks of what was sent. */
final class CheckReader {
    private CheckReader() {}

    static Check read(CheckRegistration sent) {
        String id = sent.id();
        if (id == null) {
            throw ProblemException.invalidArgument("checks.id", null, "an id that is unique within the instance");
        }
        Duration ttl = sent.ttl();
        if (ttl == null) {
            throw ProblemException.invalidArgument("checks.ttl", null, "an ISO 8601 duration such as PT30S");
        }
        dev.roster.api.registry.CheckStatus status = sent.status();
        return new Check(new CheckId(id), new CheckMethod.Report(ttl),
                status == null ? CheckStatus.CRITICAL : status("checks.status", status), sent.deregisterAfter());
    }

    /** Returns a status, which must be given. */
    static CheckStatus status(String field, dev.roster.api.registry.@Nullable CheckStatus sent) {
        return switch (sent) {
            case PASSING -> CheckStatus.PASSING;
            case WARNING -> CheckStatus.WARNING;
            case CRITICAL -> CheckStatus.CRITICAL;
            case null -> throw ProblemException.invalidArgument(field, null, "one of passing, warning, critical");
        };
    }
}
