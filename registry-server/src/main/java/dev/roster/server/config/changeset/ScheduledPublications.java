package dev.roster.server.config.changeset;

import dev.roster.server.security.AuditContext;
import dev.roster.server.security.AuditLog;
import dev.roster.server.security.Caller;
import dev.roster.server.security.Role;
import dev.roster.server.store.StoreException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes change sets when they are due, in the name of whoever has said so. Every member does so; the store sees to it
 * that each is published once. For one thread.
 */
public final class ScheduledPublications {

    /** Most change sets that one round publishes. */
    private static final int MAX_OF_A_ROUND = 20;

    private static final String ADDRESS = "(schedule)";

    private static final Logger log = LoggerFactory.getLogger(ScheduledPublications.class);

    private final ChangeSetPublisher publisher;
    private final AuditLog audit;
    private final Counter done;
    private final Counter failed;

    /** Makes it; nothing happens until {@link #round} is called. */
    public ScheduledPublications(ChangeSetPublisher publisher, AuditLog audit, MeterRegistry meters) {
        this.publisher = publisher;
        this.audit = audit;
        this.done = counter(meters, "done");
        this.failed = counter(meters, "failed");
    }

    private static Counter counter(MeterRegistry meters, String outcome) {
        return Counter.builder("roster.config.scheduled")
                .description("Change sets that this member has published, or failed to publish, when they were due")
                .tag("outcome", outcome).register(meters);
    }

    /** Publishes what is due. What the store cannot do now is due again in the next round. */
    public void round() {
        try {
            for (ChangeSetKey key : publisher.due(MAX_OF_A_ROUND)) {
                publish(key);
            }
        } catch (StoreException e) {
            log.debug("What is due was not published: {}", e.getMessage());
        } catch (RuntimeException e) {
            // The edge of a thread: what was not foreseen must not end all later rounds.
            log.error("What is due was not published", e);
        }
    }

    private void publish(ChangeSetKey key) {
        Optional<String> by = publisher.scheduledBy(key);
        if (by.isEmpty()) {
            return;
        }
        Caller author = new Caller(by.get(), Role.EDITOR, Caller.Means.NONE, ADDRESS, null);
        AuditContext.Act act = AuditContext.begin(author, "config.publish-scheduled",
                Map.of("namespace", key.namespace().value(), "changeSet", Long.toString(key.id())), null);
        Optional<ChangeSet> result;
        try {
            result = publisher.publishDue(key);
        } finally {
            AuditContext.end();
        }
        result.ifPresent(set -> {
            String failure = set.failure();
            (failure == null ? done : failed).increment();
            audit.record(act, failure == null ? AuditLog.DONE : "failed");
            if (failure != null) {
                log.warn("Change set {} was due and could not be published: {}", key, failure);
            }
        });
    }
}
