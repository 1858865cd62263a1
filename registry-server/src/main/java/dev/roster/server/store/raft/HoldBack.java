package dev.roster.server.store.raft;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides whether leases whose time is over may be ended, or so many are over at once that it waits: until enough of them are
 * kept alive again, an operator lets go, or the longest time is over.
 *
 * <p>What counts is the number of leases that were ended within the window and that are overdue now, against all that there
 * would be. Once let go, it does not hold again before that share has become usual. Thread-safe.
 */
final class HoldBack {

    private static final Logger LOG = LoggerFactory.getLogger(HoldBack.class);

    private enum Phase {
        WATCHING, HOLDING, LET_GO
    }

    /** Leases that were ended by one look; a look takes place ten times a second, which bounds how many there are. */
    private record Ended(long nanos, int count) {}

    private final HoldBackRules rules;
    private final LongSupplier nanoTime;
    private final ArrayDeque<Ended> recent = new ArrayDeque<>();
    private Phase phase = Phase.WATCHING;
    private long holdingSince;
    private int recentlyEnded;
    private int leases;
    private int overdue;

    /**
     * Makes one that has seen nothing.
     *
     * @param nanoTime a clock that never jumps
     */
    HoldBack(HoldBackRules rules, LongSupplier nanoTime) {
        this.rules = rules;
        this.nanoTime = nanoTime;
    }

    /** Forgets all: a new leader gives every lease a full period, and what was before says nothing. */
    synchronized void begin() {
        recent.clear();
        recentlyEnded = 0;
        leases = 0;
        overdue = 0;
        phase = Phase.WATCHING;
    }

    /**
     * Tells whether overdue leases may be ended now.
     *
     * @param nowLeases leases that are not ending
     * @param nowOverdue those of them whose time is over
     */
    synchronized boolean mayEnd(int nowLeases, int nowOverdue) {
        long now = nanoTime.getAsLong();
        forgetBefore(now - rules.window().toNanos());
        leases = nowLeases;
        overdue = nowOverdue;
        int ended = Math.max(0, recentlyEnded);
        boolean unusual = rules.areUnusual(overdue + ended, leases + ended);
        switch (phase) {
            case WATCHING -> {
                if (unusual && overdue > 0) {
                    hold(now);
                }
            }
            case HOLDING -> {
                if (!unusual) {
                    letGo(Phase.WATCHING, "enough leases are kept alive again");
                } else if (now - holdingSince >= rules.maxHold().toNanos()) {
                    letGo(Phase.LET_GO, "the longest time for it is over");
                }
            }
            case LET_GO -> {
                if (!unusual) {
                    phase = Phase.WATCHING;
                }
            }
        }
        return phase != Phase.HOLDING;
    }

    /** Notes that leases are being ended because their time was over; a number below 0 takes it back of as many. */
    synchronized void ended(int count) {
        recent.add(new Ended(nanoTime.getAsLong(), count));
        recentlyEnded += count;
    }

    /** Lets go, if leases are held back: they are ended from the next look on, and so are those that follow them. */
    synchronized void release() {
        if (phase == Phase.HOLDING) {
            letGo(Phase.LET_GO, "an operator released it");
        }
    }

    /** Returns what the last look found. */
    synchronized ExpiryState state() {
        boolean held = phase == Phase.HOLDING;
        return new ExpiryState(leases, overdue, held,
                held ? Duration.ofNanos(nanoTime.getAsLong() - holdingSince) : Duration.ZERO);
    }

    private void hold(long now) {
        phase = Phase.HOLDING;
        holdingSince = now;
        LOG.warn(
                "Expiry is held back: {} of {} leases have not been kept alive within {}, more than the {} % that may end"
                        + " at once. They stay until most are kept alive again, an operator releases them"
                        + " (POST /api/v1/cluster/leases/release), or {} are over.",
                overdue + recentlyEnded,
                leases + recentlyEnded, rules.window(), rules.threshold() * 100, rules.maxHold());
    }

    private void letGo(Phase next, String why) {
        phase = next;
        LOG.warn("Expiry is no longer held back: {}. {} of {} leases are overdue and will be ended.", why, overdue,
                leases);
    }

    private void forgetBefore(long nanos) {
        while (!recent.isEmpty() && recent.getFirst().nanos - nanos < 0) {
            recentlyEnded -= recent.removeFirst().count;
        }
    }
}
