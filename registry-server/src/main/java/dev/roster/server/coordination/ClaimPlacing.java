package dev.roster.server.coordination;

import dev.roster.server.security.Caller;
import dev.roster.server.store.Compare;
import dev.roster.server.store.Key;
import dev.roster.server.store.KeyValue;
import dev.roster.server.store.LeaseNotFoundException;
import dev.roster.server.store.Operation;
import dev.roster.server.store.Outcome;
import dev.roster.server.store.PutKey;
import dev.roster.server.store.ReadView;
import dev.roster.server.store.Store;
import dev.roster.server.store.Txn;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Puts a claim at the end of its queue, once. */
final class ClaimPlacing {

    /** Attempts before it gives up; each one fails only because another request succeeded. */
    static final int MAX_ATTEMPTS = 16;

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final Store store;
    private final Sessions sessions;
    private final InstantSource clock;

    ClaimPlacing(Store store, Sessions sessions, InstantSource clock) {
        this.store = store;
        this.sessions = sessions;
        this.clock = clock;
    }

    /** Puts a claim, unless it stands already. When this returns, this member's replica shows it, or that it has ended since. */
    void place(Caller caller, ClaimTarget target, ClaimId id, ClaimTerms terms) {
        OpenSession session = sessions.own(caller, target.namespace(), terms.session());
        ReadView view = store.view();
        boolean fresh = false;
        for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
            ClaimLine line = ClaimLine.read(view, target);
            Optional<StandingClaim> standing = line.find(id);
            CoordinationException refusal = standing.isPresent() ? null : refusal(line, terms);
            if (standing.isEmpty() && refusal == null) {
                if (commit(view, line, id, terms, session)) {
                    return;
                }
            } else if (fresh) {
                check(target, standing, refusal, terms);
                return;
            }
            // What this replica shows may be over: a claim of that name may have been released by another member.
            view = Outcome.await(store.linearizableView());
            fresh = true;
            session = Sessions.find(view, target.namespace(), terms.session())
                    .orElseThrow(() -> new SessionNotFoundException(terms.session()));
        }
        throw new CoordinationContendedException(target.toString());
    }

    private static void check(ClaimTarget target, Optional<StandingClaim> standing,
            @Nullable CoordinationException refusal, ClaimTerms terms) {
        if (refusal != null) {
            throw refusal;
        }
        standing.filter(claim -> !claim.session().equals(terms.session())).ifPresent(claim -> {
            throw new ClaimTakenException(target, claim.id());
        });
    }

    /** Returns why a claim cannot be placed, null if it can. */
    private static @Nullable CoordinationException refusal(ClaimLine line, ClaimTerms terms) {
        ClaimTarget target = line.target();
        Integer wanted = terms.limit();
        Integer limit = line.limit() == null ? wanted : line.limit();
        if (limit == null) {
            return new SemaphoreNotFoundException(target);
        }
        if ((wanted != null && !wanted.equals(limit)) || terms.permits() > limit) {
            return new LimitMismatchException(target, limit);
        }
        if (!terms.queue() && !line.fits(terms.permits(), limit)) {
            return new AlreadyHeldException(target);
        }
        return line.claims().size() < Claims.MAX_CLAIMS ? null : new TooManyClaimsException(target, RETRY_AFTER);
    }

    private boolean commit(ReadView view, ClaimLine line, ClaimId id, ClaimTerms terms, OpenSession session) {
        ClaimTarget target = line.target();
        Key key = CoordinationKeys.of(target, id);
        List<Compare> compares = new ArrayList<>(List.of(Compare.absent(key),
                Compare.exists(CoordinationKeys.of(target.namespace(), session.id()))));
        List<Operation> operations = new ArrayList<>();
        if (!terms.queue()) {
            compares.add(noneSince(target, view));
        }
        if (!target.kind().isExclusive()) {
            define(view, target, terms.limit(), compares, operations);
        }
        operations.add(new PutKey(key, StandingClaim.write(session, terms.permits(), terms.value(), clock.instant()),
                session.id().lease()).withoutPrevious());
        try {
            return Outcome.await(store.commit(new Txn(compares, operations, List.of()))).succeeded();
        } catch (LeaseNotFoundException e) {
            throw new SessionNotFoundException(session.id());
        }
    }

    /** Holds when nobody has claimed since: then whoever was first still is, or has left. */
    private static Compare noneSince(ClaimTarget target, ReadView view) {
        return new Compare(CoordinationKeys.claims(target), Compare.Field.CREATED, Compare.Relation.LESS,
                view.revision().value() + 1, null);
    }

    private static void define(ReadView view, ClaimTarget target, @Nullable Integer limit, List<Compare> compares,
            List<Operation> operations) {
        Key definition = CoordinationKeys.definition(target);
        Optional<KeyValue> present = view.find(definition);
        if (present.isPresent()) {
            compares.add(Compare.modifiedAt(definition, present.get().modified()));
        } else if (limit != null) {
            compares.add(Compare.absent(definition));
            operations.add(new PutKey(definition, ClaimLine.writeLimit(limit)).withoutPrevious());
        }
    }
}
