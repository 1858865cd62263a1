package dev.roster.client;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Something that this program holds: a lock, an office, or permits. Safe for use by several threads.
 *
 * <p>{@link #isHeld} can be true while the server has given it to others only when somebody took it away by hand; otherwise it is
 * false before that happens, as long as the clocks of this machine and of the server run equally fast. But between asking and acting
 * anything may happen, such as a pause of the program that is longer than the time to live: what must never be done twice has to check
 * the {@link #fencingToken} where it is done.
 */
public final class HeldClaim implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HeldClaim.class);

    private final CoordinationOperations operations;
    private final KeptSession session;
    private final ClaimSpec spec;
    private final String claim;
    private final long fencingToken;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private volatile boolean released;

    HeldClaim(CoordinationOperations operations, KeptSession session, ClaimSpec spec, String claim,
            long fencingToken) {
        this.operations = operations;
        this.session = session;
        this.spec = spec;
        this.claim = claim;
        this.fencingToken = fencingToken;
    }

    /** Returns what is held. */
    public ClaimSpec spec() {
        return spec;
    }

    /** Returns a number that is greater than those of all who held it before. */
    public long fencingToken() {
        return fencingToken;
    }

    /** Returns the name of the claim. */
    public String claim() {
        return claim;
    }

    /** Returns the id of the session that holds it. */
    public String sessionId() {
        return session.id();
    }

    /** Tells whether it is held: neither released nor lost. Asks nobody. */
    public boolean isHeld() {
        return !released && session.isAlive();
    }

    /**
     * Asks the server whether it is still held, which also finds out that somebody took it away. Nothing is claimed anew.
     *
     * @throws RosterException if the server cannot be asked; {@link #isHeld} says what is known
     */
    public boolean verify() {
        return isHeld() && operations.claims(spec.kind(), spec.name()).claims().stream()
                .anyMatch(standing -> standing.claim().equals(claim) && standing.session().equals(session.id())
                        && standing.held());
    }

    /** Calls somebody, on a thread of the client, when the session is lost while this is held; at once if it is already. */
    public void onLoss(Runnable listener) {
        Runnable unlessReleased = () -> {
            if (!released) {
                listener.run();
            }
        };
        listeners.add(unlessReleased);
        session.onLoss(unlessReleased);
    }

    /**
     * Gives it up. When the server is away, it is told as soon as it is back, or it ends with the session.
     *
     * @throws ClaimLostException if it was lost before
     */
    public void release() {
        if (released) {
            return;
        }
        boolean alive = session.isAlive();
        released = true;
        listeners.forEach(session::forget);
        if (!alive) {
            throw lost();
        }
        try {
            operations.endClaim(spec.kind(), spec.name(), claim);
        } catch (RosterRejectedException e) {
            if (e.is("claim-not-found") || e.is("session-not-found")) {
                throw lost();
            }
            throw e;
        } catch (RosterException e) {
            LOG.debug("{} cannot be released yet: {}", spec, e.getMessage());
            session.abandon(new Abandoned(spec.toString(),
                    later -> later.endClaim(spec.kind(), spec.name(), claim)));
        }
    }

    private ClaimLostException lost() {
        return new ClaimLostException(spec + " was lost before it was released: its session ended or it was taken away;"
                + " others may have held it since");
    }

    /** Gives it up, as {@link #release} does. */
    @Override
    public void close() {
        release();
    }

    @Override
    public String toString() {
        return spec + " with fencing token " + fencingToken;
    }
}
