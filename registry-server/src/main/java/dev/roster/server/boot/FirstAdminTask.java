package dev.roster.server.boot;

import dev.roster.server.security.AccessException;
import dev.roster.server.security.FirstAdmin;
import dev.roster.server.store.StoreException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Sees to the first admin when the server starts: on a thread of its own, since a cluster may take its time to find a
 * leader, again and again until it is settled. Until then the member is not ready.
 */
final class FirstAdminTask implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(FirstAdminTask.class);

    /** Between attempts while there is no leader; an election takes about as long. */
    private static final Duration PAUSE = Duration.ofMillis(500);

    /** Between attempts when the operator has to do something first. */
    private static final Duration LONG_PAUSE = Duration.ofSeconds(10);

    private final BooleanSupplier stateIsThere;
    private final FirstAdmin firstAdmin;
    private final StartReport report;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile boolean running;
    private volatile boolean settled;

    /**
     * Makes the task.
     *
     * @param stateIsThere whether nothing is left to be restored, which may bring admins along
     */
    FirstAdminTask(BooleanSupplier stateIsThere, FirstAdmin firstAdmin, StartReport report) {
        this.stateIsThere = stateIsThere;
        this.firstAdmin = firstAdmin;
        this.report = report;
    }

    /** Tells whether there is an admin. */
    boolean isSettled() {
        return settled;
    }

    @Override
    public void start() {
        running = true;
        Thread.ofVirtual().name("first-admin").start(this::run);
    }

    @Override
    public void stop() {
        running = false;
        stopped.countDown();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Before the web server: then the password is there when the first request can be made. */
    @Override
    public int getPhase() {
        return 0;
    }

    private void run() {
        Duration pause = attempt();
        while (!pause.isZero() && sleep(pause)) {
            pause = attempt();
        }
    }

    /** Returns after how long to try again, zero if that is not needed. */
    private Duration attempt() {
        if (!stateIsThere.getAsBoolean()) {
            return PAUSE;
        }
        try {
            report.settled(firstAdmin.ensure());
            settled = true;
            return Duration.ZERO;
        } catch (StoreException e) {
            log.debug("The first admin has to wait for the store", e);
            return PAUSE;
        } catch (IOException | AccessException e) {
            log.error("The first admin cannot be made: {}", e.toString());
            return LONG_PAUSE;
        }
    }

    /** Returns whether to go on. */
    private boolean sleep(Duration pause) {
        try {
            return !stopped.await(pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
