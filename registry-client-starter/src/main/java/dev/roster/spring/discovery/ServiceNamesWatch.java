package dev.roster.spring.discovery;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Tells when there are other services than before: what routes to all services, such as a gateway, wants to know, and no stream of
 * changes names services that nobody has looked up. Asks at an interval, from when somebody has asked for the names.
 */
final class ServiceNamesWatch implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(ServiceNamesWatch.class);

    private final ServiceView view;
    private final Duration interval;
    private final ScheduledExecutorService thread;
    private final Consumer<List<String>> onChange;
    private volatile @Nullable Future<?> task;

    /**
     * Makes a watch that is not started.
     *
     * @param interval from one question to the next; zero never asks
     * @param onChange told the names of all services, by that thread
     */
    ServiceNamesWatch(ServiceView view, Duration interval, ScheduledExecutorService thread,
            Consumer<List<String>> onChange) {
        this.view = view;
        this.interval = interval;
        this.thread = thread;
        this.onChange = onChange;
    }

    @Override
    public void start() {
        if (!interval.isZero()) {
            task = thread.scheduleWithFixedDelay(this::look, interval.toMillis(), interval.toMillis(),
                    TimeUnit.MILLISECONDS);
        }
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

    // A listener of the application may throw anything; the schedule must go on.
    private void look() {
        try {
            List<String> before = view.lastNames();
            if (before != null) {
                List<String> now = view.names();
                if (!now.equals(before)) {
                    onChange.accept(now);
                }
            }
        } catch (RuntimeException e) {
            LOG.warn("Not everybody was told that there are other services", e);
        }
    }
}
