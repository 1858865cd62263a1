package dev.roster.server.api.registry;

import dev.roster.server.registry.InstanceKey;
import dev.roster.server.security.Caller;
import dev.roster.server.subscriber.Attendance;
import dev.roster.server.subscriber.Audience;
import dev.roster.server.web.ProblemException;
import dev.roster.server.web.ProblemKind;
import dev.roster.server.web.ProblemReport;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/** Lets requests that drain instances wait for acknowledgements, each on its own virtual thread; counts what came of them. */
@Component
final class Drains {

    /** Most requests that wait: each asks all members several times a second. */
    static final int MAX_WAITING = 200;

    /** Most subscribers that an answer names. */
    static final int MAX_PENDING = 100;

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final Audience audience;
    private final Semaphore places = new Semaphore(MAX_WAITING);
    private final Counter acknowledged;
    private final Counter overdue;

    Drains(Audience audience, MeterRegistry meters) {
        this.audience = audience;
        this.acknowledged = counter(meters, "acknowledged");
        this.overdue = counter(meters, "deadline");
        Gauge.builder("roster.registry.drains.waiting", places, free -> MAX_WAITING - free.availablePermits())
                .description("Drains that wait for acknowledgements").register(meters);
    }

    private static Counter counter(MeterRegistry meters, String outcome) {
        return Counter.builder("roster.registry.drains").description("Instances that were drained, by what came first")
                .tag("outcome", outcome).register(meters);
    }

    /**
     * Changes an instance, and waits until everybody who follows its service knows.
     *
     * @param change makes the change, and returns the revision that shows it
     * @throws ProblemException if too many wait already; nothing is changed then
     */
    Attendance drain(Caller caller, InstanceKey instance, Supplier<Long> change, Duration patience) {
        if (!places.tryAcquire()) {
            throw new ProblemException(ProblemReport
                    .of(ProblemKind.OVERLOADED, "As many drains wait as this member lets wait: " + MAX_WAITING)
                    .withRetryAfter(RETRY_AFTER));
        }
        try {
            Attendance late = audience.await(caller, instance.service(), change.get(), patience, MAX_PENDING);
            (late.isNobody() ? acknowledged : overdue).increment();
            return late;
        } finally {
            places.release();
        }
    }
}
