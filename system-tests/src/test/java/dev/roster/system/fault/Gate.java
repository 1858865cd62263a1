package dev.roster.system.fault;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** What all that one member sends to another passes: it is open, slow or shut. Thread-safe. */
final class Gate {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition opened = lock.newCondition();
    private boolean shut;
    private Duration delay = Duration.ZERO;

    /** Lets nothing pass. */
    void shut() {
        lock.lock();
        try {
            shut = true;
        } finally {
            lock.unlock();
        }
    }

    /** Lets all pass after a while. */
    void slow(Duration by) {
        lock.lock();
        try {
            delay = by;
        } finally {
            lock.unlock();
        }
    }

    /** Lets all pass at once. */
    void open() {
        lock.lock();
        try {
            shut = false;
            delay = Duration.ZERO;
            opened.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until it is open, for as long as that takes, after the delay. */
    void pass() throws InterruptedException {
        Thread.sleep(delay());
        lock.lock();
        try {
            while (shut) {
                opened.await();
            }
        } finally {
            lock.unlock();
        }
    }

    private Duration delay() {
        lock.lock();
        try {
            return delay;
        } finally {
            lock.unlock();
        }
    }
}
