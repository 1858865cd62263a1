package dev.roster.spring.coordination;

import dev.roster.client.ClaimLostException;
import dev.roster.client.ClaimSpec;
import dev.roster.client.HeldClaim;
import dev.roster.client.SessionKeeper;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A lock that at most one thread of all applications holds: granted in the order of asking, reentrant, with a fencing token.
 *
 * <p>It fails closed. When the session of the application is lost, because Roster could not be reached for as long as
 * {@code roster.coordination.session-ttl} or the program stood still for that long, then others may get the lock:
 * {@link #isHeldByCurrentThread} is false from then on, and {@link #unlock} throws {@link ClaimLostException}. What must never be done
 * by two at once has to check {@link #fencingToken} where it is done: a number that grows with every holder.
 *
 * <p>Methods that get the lock throw {@link dev.roster.client.RosterException} when the server refuses; {@link #lock} and
 * {@link #lockInterruptibly} wait through outages. Made by {@link Coordination#lock}.
 */
public final class RosterLock implements Lock {
    private final SessionKeeper keeper;
    private final ClaimSpec spec;

    /** Lets one thread of this program ask at a time; the others wait here. */
    private final ReentrantLock local = new ReentrantLock(true);

    /** Written by the thread that has {@link #local}. */
    private volatile @Nullable HeldClaim held;

    RosterLock(SessionKeeper keeper, String name) {
        this.keeper = keeper;
        this.spec = ClaimSpec.lock(name);
    }

    /** Returns the name of the lock. */
    public String name() {
        return spec.name();
    }

    /** Waits until the lock is held. An interrupt is kept for later, but the place in the queue is lost by it. */
    @Override
    public void lock() {
        boolean interrupted = false;
        boolean done = false;
        local.lock();
        try {
            while (!done) {
                try {
                    acquire();
                    done = true;
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (!done) {
                local.unlock();
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public void lockInterruptibly() throws InterruptedException {
        boolean done = false;
        local.lockInterruptibly();
        try {
            acquire();
            done = true;
        } finally {
            if (!done) {
                local.unlock();
            }
        }
    }

    private void acquire() throws InterruptedException {
        if (!isAgain()) {
            held = keeper.claim(spec);
        }
    }

    /** Tells whether this thread has had the lock before, which counts only while it still has it. */
    private boolean isAgain() {
        if (local.getHoldCount() == 1) {
            return false;
        }
        requireHeld();
        return true;
    }

    @Override
    public boolean tryLock() {
        if (!local.tryLock()) {
            return false;
        }
        try {
            return tryAcquire(Duration.ZERO);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public boolean tryLock(long time, TimeUnit unit) throws InterruptedException {
        long begin = System.nanoTime();
        if (!local.tryLock(time, unit)) {
            return false;
        }
        Duration left = Duration.ofNanos(unit.toNanos(time) - (System.nanoTime() - begin));
        return tryAcquire(left.isNegative() ? Duration.ZERO : left);
    }

    private boolean tryAcquire(Duration wait) throws InterruptedException {
        boolean done = false;
        try {
            if (isAgain()) {
                done = true;
            } else {
                Optional<HeldClaim> claim = keeper.tryClaim(spec, wait);
                held = claim.orElse(null);
                done = claim.isPresent();
            }
            return done;
        } finally {
            if (!done) {
                local.unlock();
            }
        }
    }

    /**
     * Releases the lock. When the server is away, it is told as soon as it is back, or the lock is freed with the session.
     *
     * @throws ClaimLostException if the lock was lost before; it counts as released
     * @throws IllegalMonitorStateException if this thread does not hold it
     */
    @Override
    public void unlock() {
        if (!local.isHeldByCurrentThread()) {
            throw new IllegalMonitorStateException(spec + " is not held by this thread");
        }
        HeldClaim claim = held;
        try {
            if (local.getHoldCount() == 1 && claim != null) {
                held = null;
                claim.release();
            }
        } finally {
            local.unlock();
        }
    }

    /** Not supported. */
    @Override
    public Condition newCondition() {
        throw new UnsupportedOperationException("a lock of several applications has no conditions");
    }

    /** Tells whether this thread holds the lock, and has not lost it. Asks nobody. */
    public boolean isHeldByCurrentThread() {
        HeldClaim claim = held;
        return local.isHeldByCurrentThread() && claim != null && claim.isHeld();
    }

    /**
     * Returns a number that is greater than those of all who held the lock before.
     *
     * @throws ClaimLostException if the lock was lost
     * @throws IllegalMonitorStateException if this thread does not hold it
     */
    public long fencingToken() {
        if (!local.isHeldByCurrentThread()) {
            throw new IllegalMonitorStateException(spec + " is not held by this thread");
        }
        return requireHeld().fencingToken();
    }

    /**
     * Calls somebody, on a thread of the client, when the lock is lost before it is released.
     *
     * @throws IllegalMonitorStateException if this thread does not hold it
     */
    public void onLoss(Runnable listener) {
        HeldClaim claim = held;
        if (!local.isHeldByCurrentThread() || claim == null) {
            throw new IllegalMonitorStateException(spec + " is not held by this thread");
        }
        claim.onLoss(listener);
    }

    private HeldClaim requireHeld() {
        HeldClaim claim = held;
        if (claim == null || !claim.isHeld()) {
            throw new ClaimLostException(spec + " was lost: its session ended; others may have held it since");
        }
        return claim;
    }

    /** Tells whether no thread of this program holds the lock or waits for it. */
    boolean isIdle() {
        return !local.isLocked() && !local.hasQueuedThreads();
    }

    @Override
    public String toString() {
        return spec.toString();
    }
}
