package dev.roster.spring.config;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;

/** Says which item cannot be read. */
final class RosterConfigInvalidFailureAnalyzer extends AbstractFailureAnalyzer<RosterConfigInvalidException>
        implements
            Ordered {

    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE;
    }

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable rootFailure, RosterConfigInvalidException cause) {
        return new FailureAnalysis("The " + cause.getMessage(),
                "Publish a corrected version of the item, or roll it back to an earlier one.", cause);
    }
}
