package dev.roster.spring.registration;

import dev.roster.spring.discovery.RosterDiscoveryProperties;
import dev.roster.spring.health.ApplicationHealth;
import dev.roster.spring.health.ApplicationHealth.Answer;
import dev.roster.spring.health.ApplicationHealth.State;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.context.ApplicationListener;
import org.springframework.context.SmartLifecycle;

/**
 * Lets the registration follow the application's health. The application joins with its first good answer; it is taken out when it
 * says that it is not ready, or with some bad answers one after another, and put back with the next good one. Asks at an interval
 * and whenever the readiness changes, always on the same thread.
 */
final class HealthDrivenStatus implements SmartLifecycle, ApplicationListener<AvailabilityChangeEvent<ReadinessState>> {
    private static final Logger LOG = LoggerFactory.getLogger(HealthDrivenStatus.class);

    private final ApplicationHealth health;
    private final RosterServiceRegistry registry;
    private final RosterRegistration registration;
    private final RosterDiscoveryProperties.Health settings;
    private final ScheduledExecutorService thread;
    private int badAnswers;
    private boolean serving;
    private volatile @Nullable Future<?> task;

    /**
     * Makes a watch that is not started.
     *
     * @param thread one thread, which may be blocked for as long as the application's health takes
     */
    HealthDrivenStatus(ApplicationHealth health, RosterServiceRegistry registry, RosterRegistration registration,
            RosterDiscoveryProperties.Health settings, ScheduledExecutorService thread) {
        this.health = health;
        this.registry = registry;
        this.registration = registration;
        this.settings = settings;
        this.thread = thread;
    }

    @Override
    public void start() {
        Duration interval = settings.interval();
        task = thread.scheduleWithFixedDelay(this::look, 0, interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void stop() {
        Future<?> running = task;
        task = null;
        if (running != null) {
            running.cancel(false);
        }
    }

    @Override
    public boolean isRunning() {
        return task != null;
    }

    @Override
    public int getPhase() {
        return RosterAutoServiceRegistration.PHASE;
    }

    @Override
    public void onApplicationEvent(AvailabilityChangeEvent<ReadinessState> event) {
        if (!isRunning()) {
            return;
        }
        try {
            thread.execute(this::look);
        } catch (RejectedExecutionException e) {
            LOG.debug("Closed: the readiness no longer matters");
        }
    }

    private void look() {
        Answer answer = ask();
        if (!isRunning()) {
            return;
        }
        if (answer.state() == State.SERVING) {
            badAnswers = 0;
            if (!serving) {
                LOG.info("{} is ready to serve", registration);
            }
            serving = true;
        } else {
            badAnswers++;
            boolean enough = answer.state() == State.NOT_READY || badAnswers >= settings.failures();
            if (serving && enough) {
                LOG.atLevel(answer.state() == State.NOT_READY ? Level.INFO : Level.WARN)
                        .log("{} is taken out of service: {}", registration, answer.reason());
            }
            serving = serving && !enough;
        }
        registry.reportHealth(registration, serving);
    }

    // An indicator of the application may throw anything; the schedule must go on.
    private Answer ask() {
        try {
            return health.ask();
        } catch (RuntimeException e) {
            LOG.debug("The health cannot be told", e);
            return new Answer(State.ILL, "its health cannot be told: " + e);
        }
    }
}
