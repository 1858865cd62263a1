package dev.roster.server.coordination;

import dev.roster.server.security.Caller;
import dev.roster.server.security.Role;
import dev.roster.server.store.Compare;
import dev.roster.server.store.DeleteKeys;
import dev.roster.server.store.Key;
import dev.roster.server.store.KeyRange;
import dev.roster.server.store.Operation;
import dev.roster.server.store.Outcome;
import dev.roster.server.store.PutKey;
import dev.roster.server.store.ReadView;
import dev.roster.server.store.Store;
import dev.roster.server.store.Txn;
import dev.roster.server.store.TxnResult;
import java.util.List;
import java.util.function.Function;

/**
 * How many permits semaphores have. A semaphore is there from when somebody says so, here or with a claim, until it is removed. May
 * be used by any thread; waits for the store.
 */
public final class Semaphores {
    private final Store store;

    /** Makes it. */
    public Semaphores(Store store) {
        this.store = store;
    }

    /**
     * Makes a semaphore, or changes how many permits it has. Who waits is granted what there is more.
     *
     * @param limit 1 to {@value ClaimTerms#MAX_PERMITS}
     * @throws StillInUseException if more are held, or somebody waits for more
     */
    public ClaimLine define(Caller caller, ClaimTarget target, int limit) {
        caller.require(Role.EDITOR);
        ClaimTerms.checkLimit(limit);
        change(target, line -> {
            int greatest = line.claims().stream().mapToInt(StandingClaim::permits).max().orElse(0);
            if (line.taken() > limit || greatest > limit) {
                throw new StillInUseException(target.toString());
            }
            return new PutKey(CoordinationKeys.definition(target), ClaimLine.writeLimit(limit)).withoutPrevious();
        });
        return ClaimLine.read(store.view(), target);
    }

    /**
     * Removes a semaphore.
     *
     * @return the store revision of the removal
     * @throws SemaphoreNotFoundException if it is not there
     * @throws StillInUseException if permits are held
     */
    public long remove(Caller caller, ClaimTarget target) {
        caller.require(Role.EDITOR);
        return change(target, line -> {
            if (line.limit() == null) {
                throw new SemaphoreNotFoundException(target);
            }
            if (!line.claims().isEmpty()) {
                throw new StillInUseException(target.toString());
            }
            return new DeleteKeys(CoordinationKeys.definition(target)).withoutPrevious();
        });
    }

    /** Changes the definition if nobody has claimed or redefined since it was looked at; who has left since does no harm. */
    private long change(ClaimTarget target, Function<ClaimLine, Operation> change) {
        Key definition = CoordinationKeys.definition(target);
        for (int attempt = 0; attempt < ClaimPlacing.MAX_ATTEMPTS; attempt++) {
            ReadView view = Outcome.await(store.linearizableView());
            Operation operation = change.apply(ClaimLine.read(view, target));
            TxnResult result = Outcome.await(store.commit(Txn.when(List.of(
                    noneSince(CoordinationKeys.claims(target), view),
                    view.find(definition).map(present -> Compare.modifiedAt(definition, present.modified()))
                            .orElseGet(() -> Compare.absent(definition))),
                    operation)));
            if (result.succeeded()) {
                return result.revision().value();
            }
        }
        throw new CoordinationContendedException(target.toString());
    }

    private static Compare noneSince(KeyRange claims, ReadView view) {
        return new Compare(claims, Compare.Field.CREATED, Compare.Relation.LESS, view.revision().value() + 1, null);
    }
}
