package dev.roster.server.registry.check;

import dev.roster.server.registry.Check;
import dev.roster.server.registry.CheckMethod;
import dev.roster.server.registry.CheckState;
import dev.roster.server.registry.CheckStatus;
import dev.roster.server.registry.Endpoint;
import dev.roster.server.registry.InstanceHealth;
import dev.roster.server.registry.InstanceKey;
import dev.roster.server.registry.InstanceNotFoundException;
import dev.roster.server.registry.RegisteredInstance;
import dev.roster.server.registry.RegistrationContendedException;
import dev.roster.server.store.StoreException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes those checks of this member's share for which somebody must call the instance, each when its time has come. The first
 * comes at a random time within the interval, so that checks that came together do not stay together. {@link #tick} is for
 * one thread; the calls themselves are made by others.
 */
final class Prober {

    /** Most calls at the same time: each holds a socket, for the time out at most. */
    static final int MAX_CALLS = 256;

    private static final Logger log = LoggerFactory.getLogger(Prober.class);

    private final InstanceHealth health;
    private final Caller caller;
    private final LongSupplier nanoTime;
    private final RandomGenerator random;
    private final Executor executor;
    private final Semaphore places = new Semaphore(MAX_CALLS);
    private final Counter made;
    private Map<Subject, Series> running = new HashMap<>();

    Prober(InstanceHealth health, Caller caller, LongSupplier nanoTime, RandomGenerator random, Executor executor,
            MeterRegistry meters) {
        this.health = health;
        this.caller = caller;
        this.nanoTime = nanoTime;
        this.random = random;
        this.executor = executor;
        this.made = Counter.builder("roster.registry.checks.made").description("Calls of instances for their checks")
                .register(meters);
    }

    /** Calls instances; waits for the answer. */
    interface Caller extends AutoCloseable {
        Result call(Endpoint endpoint, CheckMethod.Call check);

        @Override
        default void close() {
            // Most have nothing to give back.
        }
    }

    /**
     * What came of a call.
     *
     * @param status how the instance is
     * @param output what to tell people
     */
    record Result(CheckStatus status, String output) {

        /** Makes a result of a call that has failed. */
        static Result critical(String output) {
            return new Result(CheckStatus.CRITICAL, output);
        }
    }

    private record Subject(InstanceKey instance, Check check) {}

    /** The results of one check so far. */
    private static final class Series {
        private long due;
        private boolean calling;
        private int passed;
        private int failed;

        Series(long due) {
            this.due = due;
        }

        /** Notes a result; returns whether it and those before it are enough for its status. */
        synchronized boolean isEnough(CheckStatus status, CheckMethod.Schedule schedule) {
            passed = status == CheckStatus.CRITICAL ? 0 : passed + 1;
            failed = status == CheckStatus.CRITICAL ? failed + 1 : 0;
            return passed >= schedule.successes() || failed >= schedule.failures();
        }

        synchronized boolean begin(long now, long interval) {
            if (calling || due - now > 0) {
                return false;
            }
            calling = true;
            // A time that was missed, because too much was to be done, is not made up for.
            due = Math.max(due + interval, now);
            return true;
        }

        synchronized void end() {
            calling = false;
        }
    }

    /** Makes the checks whose time has come. */
    void tick(List<RegisteredInstance> own) {
        Map<Subject, Series> next = new HashMap<>();
        for (RegisteredInstance instance : own) {
            for (CheckState state : instance.checks()) {
                if (state.check().method() instanceof CheckMethod.Call method) {
                    look(instance, state, method, next);
                }
            }
        }
        running = next;
    }

    private void look(RegisteredInstance instance, CheckState state, CheckMethod.Call method,
            Map<Subject, Series> next) {
        Subject subject = new Subject(instance.key(), state.check());
        long now = nanoTime.getAsLong();
        long interval = method.schedule().interval().toNanos();
        Series known = running.get(subject);
        Series series = known == null ? new Series(now + random.nextLong(interval)) : known;
        next.put(subject, series);
        if (!places.tryAcquire()) {
            return;
        }
        if (!series.begin(now, interval)) {
            places.release();
            return;
        }
        executor.execute(() -> {
            try {
                made.increment();
                take(subject, state, method.schedule(), series,
                        caller.call(instance.registration().endpoint(), method));
            } finally {
                series.end();
                places.release();
            }
        });
    }

    private void take(Subject subject, CheckState state, CheckMethod.Schedule schedule, Series series,
            Result result) {
        if (!series.isEnough(result.status(), schedule) || state.status() == result.status()) {
            return;
        }
        try {
            health.record(subject.instance(), subject.check(), result.status(), result.output());
        } catch (StoreException | InstanceNotFoundException | RegistrationContendedException e) {
            // Gone, or changed by others, or no leader: the next result comes to the same.
            log.debug("A result of check {} of {} is not recorded", subject.check().id(), subject.instance(), e);
        }
    }
}
