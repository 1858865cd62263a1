package dev.roster.spring.config;

import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.cloud.context.refresh.ContextRefresher;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Refreshes the application when a version is published: {@code @ConfigurationProperties} are bound anew and
 * {@code @RefreshScope} beans are made anew. Begins when the application is ready, on a thread of its own; changes that come
 * while a refresh runs are taken in by the next one. If a refresh fails, the application goes on and the log says why.
 */
final class RosterConfigRefresher implements ApplicationListener<ApplicationReadyEvent> {
    private static final Logger LOG = LoggerFactory.getLogger(RosterConfigRefresher.class);

    private final RosterConfigSource source;
    private final ContextRefresher refresher;
    private final ConfigurableApplicationContext context;
    private final Executor thread;
    private final AtomicBoolean waiting = new AtomicBoolean();

    /**
     * Makes a refresher.
     *
     * @param thread runs one refresh after another
     */
    RosterConfigRefresher(RosterConfigSource source, ContextRefresher refresher, ConfigurableApplicationContext context,
            Executor thread) {
        this.source = source;
        this.refresher = refresher;
        this.context = context;
        this.thread = thread;
    }

    @Override
    public void onApplicationEvent(ApplicationReadyEvent event) {
        if (event.getApplicationContext() == context) {
            source.onChange(this::changed);
            changed();
        }
    }

    private void changed() {
        if (waiting.compareAndSet(false, true)) {
            try {
                thread.execute(this::refresh);
            } catch (RejectedExecutionException e) {
                LOG.debug("Closed: no more refreshes");
            }
        }
    }

    // The edge of the thread: binding, beans and listeners of the application may throw anything.
    private void refresh() {
        waiting.set(false);
        List<String> outdated = source.outdated();
        if (outdated.isEmpty()) {
            return;
        }
        try {
            Set<String> keys = refresher.refresh();
            LOG.info("Refreshed with configuration {}: {}", outdated, keys.isEmpty() ? "nothing changed" : keys);
        } catch (RuntimeException e) {
            if (!context.isActive()) {
                LOG.debug("Closed during a refresh", e);
                return;
            }
            LOG.error("Configuration {} was not taken in, the application goes on with what it had: {}", outdated,
                    e.getMessage(), e);
        }
        if (!source.outdated().isEmpty() && source.outdated().equals(outdated)) {
            LOG.warn(
                    "Configuration {} is outdated: the import of roster: is not seen by a refresh, which knows only files, "
                            + "environment, system properties, and command line",
                    outdated);
        }
    }
}
