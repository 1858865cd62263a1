package dev.roster.server.coordination;

import dev.roster.server.security.Caller;
import dev.roster.server.security.InvalidArgumentException;
import dev.roster.server.security.NamespaceName;
import dev.roster.server.security.Role;
import dev.roster.server.store.Compare;
import dev.roster.server.store.GrantLease;
import dev.roster.server.store.Key;
import dev.roster.server.store.KeyRange;
import dev.roster.server.store.KeyValue;
import dev.roster.server.store.KeysRead;
import dev.roster.server.store.LeaseGranted;
import dev.roster.server.store.LeaseId;
import dev.roster.server.store.Outcome;
import dev.roster.server.store.PutKey;
import dev.roster.server.store.ReadView;
import dev.roster.server.store.Revision;
import dev.roster.server.store.RevokeLeases;
import dev.roster.server.store.Store;
import dev.roster.server.store.Txn;
import dev.roster.server.store.TxnResult;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Opens, keeps and ends sessions. A session is used by the user who opened it; an editor may end those of others. May be used by
 * any thread; waits for the store.
 *
 * <p>A session whose opening was not acknowledged, because the answer was lost, is known to nobody and ends with its time to live.
 */
public final class Sessions {

    /** Most sessions of a namespace. Racing requests may exceed it. */
    public static final int MAX_SESSIONS = 10_000;

    /** Shortest time to live: a client sends three signs of life in it, over a network that may lose one. */
    public static final Duration MIN_TTL = Duration.ofSeconds(1);

    /** Longest time to live: so long may a lock be held by nobody. */
    public static final Duration MAX_TTL = Duration.ofHours(1);

    private final Store store;
    private final InstantSource clock;
    private final RandomGenerator random;

    /**
     * Makes it.
     *
     * @param clock tells when a session was opened; nothing is decided by it
     * @param random draws ids; must not repeat itself between members or after a restart
     */
    public Sessions(Store store, InstantSource clock, RandomGenerator random) {
        this.store = store;
        this.clock = clock;
        this.random = random;
    }

    /**
     * Opens a session.
     *
     * @param ttl {@link #MIN_TTL} to {@link #MAX_TTL}
     * @param name what people are shown, at most 128 characters, possibly empty
     * @throws TooManySessionsException if the namespace has {@value #MAX_SESSIONS}
     */
    public OpenSession open(Caller caller, NamespaceName namespace, Duration ttl, String name) {
        caller.require(Role.APPLICATION);
        if (ttl.compareTo(MIN_TTL) < 0 || ttl.compareTo(MAX_TTL) > 0) {
            throw new InvalidArgumentException("ttl", ttl, MIN_TTL + " to " + MAX_TTL);
        }
        CoordinationText.check("name", name, CoordinationText.MAX_NAME_CHARACTERS);
        if (store.view().count(CoordinationKeys.sessions(namespace)) >= MAX_SESSIONS) {
            throw new TooManySessionsException(namespace);
        }
        LeaseId lease = drawLease();
        OpenSession session = new OpenSession(namespace, SessionId.of(lease), ttl, name, caller.name(),
                clock.instant(), 0);
        CompletableFuture<LeaseGranted> granted = store.grant(new GrantLease(lease, ttl));
        Key key = CoordinationKeys.of(namespace, session.id());
        CompletableFuture<TxnResult> put = store.commit(
                Txn.when(List.of(Compare.absent(key)), new PutKey(key, session.write(), lease).withoutPrevious()));
        Outcome.await(granted);
        TxnResult result = Outcome.await(put);
        return new OpenSession(namespace, session.id(), ttl, name, caller.name(), session.openedAt(),
                result.revision().value());
    }

    /**
     * Gives a session its full time to live again. When this returns, no leader to come counts from before this call.
     *
     * @throws SessionNotFoundException if it has ended, or is of another user
     */
    public void keepAlive(Caller caller, NamespaceName namespace, SessionId id) {
        caller.require(Role.APPLICATION);
        own(caller, namespace, id);
        if (!Outcome.await(store.keepAlive(List.of(id.lease()))).isEmpty()) {
            throw new SessionNotFoundException(id);
        }
    }

    /**
     * Ends a session, and with it everything that is held by it, at one revision.
     *
     * @return the session that was ended; its revision is that of its end
     * @throws SessionNotFoundException if it has ended
     * @throws dev.roster.server.security.ForbiddenException if it is of another user, and the caller is no editor
     */
    public OpenSession end(Caller caller, NamespaceName namespace, SessionId id) {
        caller.require(Role.APPLICATION);
        OpenSession session = get(namespace, id);
        if (!session.owner().equals(caller.name())) {
            caller.require(Role.EDITOR);
        }
        Revision revision = Outcome.await(store.revoke(new RevokeLeases(List.of(id.lease())))).revision();
        return new OpenSession(namespace, id, session.ttl(), session.name(), session.owner(), session.openedAt(),
                revision.value());
    }

    /**
     * Lists sessions by id.
     *
     * @param limit most sessions wanted, 1 or more
     * @param from where the page begins, null for the first page
     * @throws dev.roster.server.store.RevisionCompactedException if the revision of the pages before is no longer kept
     */
    public SessionPage list(Caller caller, NamespaceName namespace, int limit, SessionPage.@Nullable Position from) {
        caller.require(Role.READER);
        ReadView view = from == null ? store.view() : store.viewAt(new Revision(from.revision()));
        KeyRange all = CoordinationKeys.sessions(namespace);
        KeysRead read = view.read(from == null ? all : all.after(CoordinationKeys.of(namespace, from.after())), limit);
        return new SessionPage(view.revision().value(),
                read.keys().stream().map(stored -> OpenSession.read(namespace, stored)).toList(), read.more());
    }

    /** Returns a session, from this member's replica if that has it, and otherwise asking the others. */
    OpenSession get(NamespaceName namespace, SessionId id) {
        return find(store.view(), namespace, id)
                .or(() -> find(Outcome.await(store.linearizableView()), namespace, id))
                .orElseThrow(() -> new SessionNotFoundException(id));
    }

    /** Returns a session of a caller. That it is of another user is not told apart from that it has ended. */
    OpenSession own(Caller caller, NamespaceName namespace, SessionId id) {
        OpenSession session = get(namespace, id);
        if (!session.owner().equals(caller.name())) {
            throw new SessionNotFoundException(id);
        }
        return session;
    }

    static Optional<OpenSession> find(ReadView view, NamespaceName namespace, SessionId id) {
        return view.find(CoordinationKeys.of(namespace, id)).map((KeyValue stored) -> OpenSession.read(namespace,
                stored));
    }

    private LeaseId drawLease() {
        long id = random.nextLong();
        return id == LeaseId.NONE.value() ? drawLease() : new LeaseId(id);
    }
}
