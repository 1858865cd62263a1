package dev.roster.client;

import dev.roster.api.Page;
import dev.roster.api.coordination.ArrivalRequest;
import dev.roster.api.coordination.Barrier;
import dev.roster.api.coordination.BarrierState;
import dev.roster.api.coordination.Claim;
import dev.roster.api.coordination.ClaimQueue;
import dev.roster.api.coordination.ClaimRequest;
import dev.roster.api.coordination.ClaimSummary;
import dev.roster.api.coordination.CoordinationSession;
import dev.roster.api.coordination.Counter;
import dev.roster.api.coordination.CounterAddRequest;
import dev.roster.api.coordination.CounterRequest;
import dev.roster.api.coordination.LimitRequest;
import dev.roster.api.coordination.PermitRequest;
import dev.roster.api.coordination.QueueItem;
import dev.roster.api.coordination.QueueOfferRequest;
import dev.roster.api.coordination.QueueState;
import dev.roster.api.coordination.QueueTakeRequest;
import dev.roster.api.coordination.QueueTaken;
import dev.roster.api.coordination.SessionRequest;
import dev.roster.api.coordination.ValueRequest;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Coordination over HTTP. */
record HttpCoordination(Session session) implements CoordinationOperations {
    private static final Set<String> QUEUE_FULL = Set.of("queue-full");
    private static final Set<String> NO_BARRIER = Set.of("barrier-not-found");
    private static final Set<String> GONE = Set.of("claim-not-found", "session-not-found");

    /** A session that nobody knows of ends by itself, so that this may be repeated. */
    @Override
    public CoordinationSession openSession(Duration ttl, String name) {
        return session.ask(Call.idempotent("POST", session.inNamespace().literal("/sessions"),
                new SessionRequest(ttl, name)), CoordinationSession.class);
    }

    @Override
    public void keepSessionAlive(String id) {
        session.tell(Call.idempotent("PUT", session(id).literal("/keep-alive"), null));
    }

    @Override
    public void endSession(String id) {
        session.tell(Call.idempotent("DELETE", session(id), null));
    }

    @Override
    public Page<CoordinationSession> sessions(PageRequest page) {
        return session.askPage(Call.read(session.inNamespace().literal("/sessions").pageWithoutPrefix(page)),
                CoordinationSession.class);
    }

    @Override
    public Claim claim(ClaimSpec wanted, String claim, String id, boolean queue, Duration wait) {
        Object request = wanted.kind() == ClaimKind.SEMAPHORE
                ? new PermitRequest(id, queue, wanted.permits(), wanted.limit(), wanted.value())
                : new ClaimRequest(id, queue, wanted.value());
        Call call = Call.idempotent("PUT", claim(wanted.kind(), wanted.name(), claim), request);
        return session.ask(wait.isZero() ? call : call.waiting(wait), Claim.class);
    }

    @Override
    public void endClaim(ClaimKind kind, String name, String claim) {
        session.tell(Call.idempotent("DELETE", claim(kind, name, claim), null));
    }

    @Override
    public Claim proclaim(String election, String claim, String value) {
        return session.ask(Call.idempotent("PUT", claim(ClaimKind.ELECTION, election, claim).literal("/value"),
                new ValueRequest(value)), Claim.class);
    }

    @Override
    public ClaimQueue claims(ClaimKind kind, String name) {
        return session.ask(Call.read(named(kind, name)), ClaimQueue.class);
    }

    @Override
    public Page<ClaimSummary> claimed(ClaimKind kind, PageRequest page) {
        return session.askPage(Call.read(session.inNamespace().literal("/" + kind.path()).page(page)),
                ClaimSummary.class);
    }

    @Override
    public ClaimQueue defineSemaphore(String name, int limit) {
        return session.ask(
                Call.idempotent("PUT", named(ClaimKind.SEMAPHORE, name), new LimitRequest(limit)), ClaimQueue.class);
    }

    @Override
    public void removeSemaphore(String name) {
        session.tell(Call.idempotent("DELETE", named(ClaimKind.SEMAPHORE, name), null));
    }

    @Override
    public BarrierState arrive(String barrier, String arrival, String id, int parties, Duration wait) {
        Call call = Call.idempotent("PUT", arrival(barrier, arrival), new ArrivalRequest(id, parties));
        return session.ask(wait.isZero() ? call : call.waiting(wait), BarrierState.class);
    }

    @Override
    public BarrierState leaveBarrier(String barrier, String arrival) {
        return session.ask(Call.idempotent("DELETE", arrival(barrier, arrival), null), BarrierState.class);
    }

    @Override
    public Optional<Barrier> barrier(String name) {
        return session.find(Call.read(barrierPath(name)), Barrier.class, NO_BARRIER);
    }

    @Override
    public Page<BarrierState> barriers(PageRequest page) {
        return session.askPage(Call.read(session.inNamespace().literal("/barriers").page(page)), BarrierState.class);
    }

    @Override
    public boolean removeBarrier(String name) {
        try {
            session.tell(Call.idempotent("DELETE", barrierPath(name), null));
            return true;
        } catch (RosterRejectedException e) {
            if (e.is("barrier-not-found")) {
                return false;
            }
            throw e;
        }
    }

    @Override
    public Counter counter(String name) {
        return session.ask(Call.read(counterPath(name)), Counter.class);
    }

    @Override
    public Counter addToCounter(String name, long delta) {
        return session.ask(
                Call.unrepeatable("POST", counterPath(name).literal("/add"), new CounterAddRequest(delta)),
                Counter.class);
    }

    @Override
    public Counter setCounter(String name, long value) {
        return session.ask(Call.idempotent("PUT", counterPath(name), new CounterRequest(value, null)), Counter.class);
    }

    @Override
    public OptionalLong compareAndSetCounter(String name, long expected, long value) {
        try {
            session.tell(Call.unrepeatable("PUT", counterPath(name), new CounterRequest(value, expected)));
            return OptionalLong.empty();
        } catch (RosterRejectedException e) {
            if (e.is("counter-mismatch")) {
                return OptionalLong.of(counter(name).value());
            }
            throw e;
        }
    }

    @Override
    public Optional<QueueItem> offer(String queue, String value, int capacity) {
        return session.find(
                Call.unrepeatable("POST", queuePath(queue).literal("/items"), new QueueOfferRequest(value, capacity)),
                QueueItem.class, QUEUE_FULL);
    }

    @Override
    public Optional<QueueItem> take(String queue, String id, Duration wait) {
        return taken(queue, new QueueTakeRequest(id), wait);
    }

    @Override
    public Optional<QueueItem> poll(String queue, Duration wait) {
        return taken(queue, new QueueTakeRequest(null), wait);
    }

    private Optional<QueueItem> taken(String queue, QueueTakeRequest request, Duration wait) {
        Call call = Call.unrepeatable("POST", queuePath(queue).literal("/take"), request);
        return Optional.ofNullable(
                session.ask(wait.isZero() ? call : call.waiting(wait), QueueTaken.class).item());
    }

    @Override
    public boolean acknowledge(String queue, long id, String by) {
        return settle(queuePath(queue).literal("/items/" + id).query("session", by));
    }

    @Override
    public boolean giveBack(String queue, long id, String by) {
        return settle(queuePath(queue).literal("/items/" + id + "/taking").query("session", by));
    }

    private boolean settle(Call.Path path) {
        try {
            session.tell(Call.idempotent("DELETE", path, null));
            return true;
        } catch (RosterRejectedException e) {
            if (GONE.contains(e.problem().code())) {
                return false;
            }
            throw e;
        }
    }

    @Override
    public QueueState queue(String name) {
        return session.ask(Call.read(queuePath(name)), QueueState.class);
    }

    private Call.Path counterPath(String name) {
        return session.inNamespace().literal("/counters").segment("name", name);
    }

    private Call.Path barrierPath(String name) {
        return session.inNamespace().literal("/barriers").segment("name", name);
    }

    private Call.Path arrival(String barrier, String arrival) {
        return barrierPath(barrier).literal("/arrivals").segment("arrival", arrival);
    }

    private Call.Path queuePath(String name) {
        return session.inNamespace().literal("/queues").segment("name", name);
    }

    private Call.Path session(String id) {
        return session.inNamespace().literal("/sessions").segment("session", id);
    }

    private Call.Path named(ClaimKind kind, String name) {
        return session.inNamespace().literal("/" + kind.path()).segment("name", name);
    }

    private Call.Path claim(ClaimKind kind, String name, String claim) {
        return named(kind, name).literal("/claims").segment("claim", claim);
    }
}
