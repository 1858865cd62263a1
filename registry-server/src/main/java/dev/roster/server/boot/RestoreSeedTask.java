package dev.roster.server.boot;

import dev.roster.server.cluster.RestoreSeed;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.springframework.context.SmartLifecycle;

/** Restores the backup that this member was given before its first start, as soon as there is a leader. */
final class RestoreSeedTask implements SmartLifecycle {

    /** Between attempts while there is no leader, or another member is at it. */
    private static final Duration PAUSE = Duration.ofMillis(500);

    /** Between attempts when the operator has to do something first. */
    private static final Duration LONG_PAUSE = Duration.ofSeconds(10);

    private final RestoreSeed seed;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile boolean running;

    RestoreSeedTask(RestoreSeed seed) {
        this.seed = seed;
    }

    @Override
    public void start() {
        running = true;
        Thread.ofVirtual().name("restore-seed").start(this::run);
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

    /** With the first admin, who waits for it. */
    @Override
    public int getPhase() {
        return 0;
    }

    private void run() {
        boolean again = true;
        while (again) {
            again = switch (seed.attempt()) {
                case SETTLED -> false;
                case WAITING -> sleep(PAUSE);
                case REFUSED -> sleep(LONG_PAUSE);
            };
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
