package dev.roster.spring.config;

import dev.roster.client.RosterRejectedException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;

/** Says why required configuration could not be had, and what to do. Before Boot's own, which would say less. */
final class RosterConfigFailureAnalyzer extends AbstractFailureAnalyzer<RosterConfigUnavailableException>
        implements
            Ordered {

    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE;
    }

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable rootFailure, RosterConfigUnavailableException cause) {
        String reason = cause.getCause() == null ? "" : String.valueOf(cause.getCause().getMessage());
        String description = "The application requires configuration from Roster, which could not be had, and there is no "
                + "last good copy of it.\n\n    Item:   " + cause.item() + "\n    Reason: " + reason;
        String action = cause.getCause() instanceof RosterRejectedException
                ? "Give the application valid credentials: roster.client.token, roster.client.token-file, or "
                        + "roster.client.username and roster.client.password. Its role must be reader at least."
                : "Start Roster, or correct roster.client.addresses.\nTo let the application start without Roster, write "
                        + "spring.config.import=optional:roster:";
        return new FailureAnalysis(description, action, cause);
    }
}
