package dev.roster.server.api.watch;

import dev.roster.server.subscriber.TooManyFollowedException;
import dev.roster.server.web.ProblemKind;
import dev.roster.server.web.ProblemMapping;
import dev.roster.server.web.ProblemReport;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** What it looks like to callers when this member bears no further streams. */
@Component
final class SubscriberProblems implements ProblemMapping<TooManyFollowedException> {

    /** Others end now and then. */
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    @Override
    public Class<TooManyFollowedException> family() {
        return TooManyFollowedException.class;
    }

    @Override
    public ProblemReport report(TooManyFollowedException exception) {
        return ProblemReport
                .of(ProblemKind.OVERLOADED, "The streams of this member follow as many services as it bears")
                .withRetryAfter(RETRY_AFTER);
    }
}
