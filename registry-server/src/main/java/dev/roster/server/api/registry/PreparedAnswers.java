package dev.roster.server.api.registry;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.roster.server.registry.Discovery;
import dev.roster.server.security.Caller;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.time.InstantSource;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Keeps answers about services in the bytes that go out. An answer is encoded when it is asked for and the service is not as it
 * was, once for all who ask at that time; whoever asks afterwards shares the bytes, for the price of a look at what was changed
 * since. May be used by any thread.
 */
@Component
final class PreparedAnswers {

    /** Most bytes of answers that are kept: those of 100,000 instances, twice. Beyond them rarely used ones are dropped. */
    private static final long MAX_BYTES = 64L * 1024 * 1024;

    /**
     * After how many revisions an answer is encoded anew although the service is as it was: whoever follows the service from the
     * revision in the answer must find what was changed since, of which 200,000 revisions are kept.
     */
    private static final long MAX_AGE = 10_000;

    private final Discovery discovery;
    private final JsonMapper json;
    private final InstantSource clock;
    private final Cache<Question, PreparedAnswer> answers = Caffeine.newBuilder().maximumWeight(MAX_BYTES)
            .weigher((Question _, PreparedAnswer answer) -> answer.weight()).build();
    private final Counter encoded;
    private final Counter shared;

    PreparedAnswers(Discovery discovery, JsonMapper json, InstantSource clock, MeterRegistry meters) {
        this.discovery = discovery;
        this.json = json;
        this.clock = clock;
        this.encoded = Counter.builder("roster.registry.answers.encoded")
                .description("Answers about services that were encoded").register(meters);
        this.shared = Counter.builder("roster.registry.answers.shared")
                .description("Answers about services that were there already").register(meters);
        Gauge.builder("roster.registry.answers.kept", answers,
                all -> all.policy().eviction().map(eviction -> eviction.weightedSize().orElse(0)).orElse(0L))
                .baseUnit("bytes").description("Answers about services that are kept").register(meters);
    }

    /**
     * An answer that is not encoded yet.
     *
     * @param revision the revision that it shows
     * @param tag what tells this state from others
     * @param changesAt when it ceases to be true although nothing is changed, null if it does not
     * @param body the record
     */
    record Fresh(long revision, String tag, @Nullable Instant changesAt, Object body) {}

    /**
     * Returns an answer that is true now.
     *
     * @param read finds the answer; asked only if there is none that is still true. What it throws is thrown
     */
    PreparedAnswer get(Caller caller, Question question, Supplier<Fresh> read) {
        PreparedAnswer known = find(caller, question);
        return known != null
                ? known
                : answers.asMap().compute(question, (_, present) -> renewed(caller, question, present, read));
    }

    /** Returns an answer that is there and true now, null if there is none. */
    @Nullable
    PreparedAnswer find(Caller caller, Question question) {
        PreparedAnswer known = answers.getIfPresent(question);
        if (known == null || !isTrue(caller, question, known)) {
            return null;
        }
        shared.increment();
        return known;
    }

    /** Called for one request at a time; those that waited meanwhile find what it has made. */
    private PreparedAnswer renewed(Caller caller, Question question, @Nullable PreparedAnswer present,
            Supplier<Fresh> read) {
        if (present != null && isTrue(caller, question, present)) {
            shared.increment();
            return present;
        }
        Fresh fresh = read.get();
        if (present != null && present.tag().equals(fresh.tag()) && isYoung(present, fresh.revision())) {
            present.isTrueAt(fresh.revision());
            shared.increment();
            return present;
        }
        encoded.increment();
        return new PreparedAnswer(fresh.tag(), fresh.revision(), fresh.changesAt(),
                json.writeValueAsBytes(fresh.body()));
    }

    private boolean isTrue(Caller caller, Question question, PreparedAnswer answer) {
        Instant changesAt = answer.changesAt();
        if (changesAt != null && !clock.instant().isBefore(changesAt)) {
            return false;
        }
        OptionalLong present = discovery.unchangedSince(caller, question.service(), answer.trueAt());
        if (present.isEmpty() || !isYoung(answer, present.getAsLong())) {
            return false;
        }
        answer.isTrueAt(present.getAsLong());
        return true;
    }

    private static boolean isYoung(PreparedAnswer answer, long revision) {
        return revision - answer.madeAt() <= MAX_AGE;
    }
}
