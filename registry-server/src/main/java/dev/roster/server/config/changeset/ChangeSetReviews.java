package dev.roster.server.config.changeset;

import dev.roster.server.config.NamespaceRules;
import dev.roster.server.config.Publication;
import dev.roster.server.config.ReviewRules;
import dev.roster.server.config.changeset.ChangeSet.Status;
import dev.roster.server.config.changeset.ChangeSet.Verdict;
import dev.roster.server.security.Caller;
import dev.roster.server.security.Role;
import dev.roster.server.store.DeleteKeys;
import dev.roster.server.store.Operation;
import dev.roster.server.store.Store;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Takes change sets through review. May be used by any thread; every method waits for the store, demands the role editor and
 * the number of the change set that the caller has seen, and refuses one that is not in the state that it needs with
 * {@link ChangeSetStateException}.
 */
public final class ChangeSetReviews {
    private final Store store;
    private final InstantSource clock;

    /**
     * Makes the reviews.
     *
     * @param clock tells when something was done; nothing is decided by it
     */
    public ChangeSetReviews(Store store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    /** Asks for review of an open change set with a draft at least. */
    public ChangeSet request(Caller caller, ChangeSetKey key, long expectedNumber) {
        return move(caller, key, expectedNumber, Set.of(Status.OPEN), "open, with a draft", (set, now) -> {
            if (set.drafts().isEmpty()) {
                throw new ChangeSetStateException(key, set.status(), "open, with a draft");
            }
            return set.with(Status.IN_REVIEW, caller.name(), now).withVerdicts(List.of());
        });
    }

    /**
     * Approves of a change set in review. With as many approvals as the namespace asks for it is approved.
     *
     * @param comment why, to {@value Publication#MAX_COMMENT_CHARACTERS} characters, null if not said
     * @throws OwnApprovalException if the caller wrote part of it and the namespace does not allow that
     */
    public ChangeSet approve(Caller caller, ChangeSetKey key, long expectedNumber, @Nullable String comment) {
        caller.require(Role.EDITOR);
        Publication.checkComment(comment);
        return ChangeSetUpdate.commit(store, key, expectedNumber, (view, set) -> {
            requireStatus(set, Set.of(Status.IN_REVIEW), "in review");
            ReviewRules rules = NamespaceRules.read(view, key.namespace());
            if (!rules.ownApproval() && set.writers().contains(caller.name())) {
                throw new OwnApprovalException(key);
            }
            Instant now = clock.instant();
            List<Verdict> verdicts = verdicts(set, new Verdict(caller.name(), true, comment, now));
            ChangeSet judged = set.withVerdicts(verdicts);
            Status next = judged.approvals(rules.ownApproval()) >= rules.approvals() ? Status.APPROVED : Status.IN_REVIEW;
            return new ChangeSetUpdate(judged.with(next, caller.name(), now),
                    List.of(NamespaceRules.unchanged(view, key.namespace())), List.of());
        });
    }

    /**
     * Rejects a change set that is in review or approved.
     *
     * @param comment why, as for an approval
     */
    public ChangeSet reject(Caller caller, ChangeSetKey key, long expectedNumber, @Nullable String comment) {
        Publication.checkComment(comment);
        return move(caller, key, expectedNumber, Set.of(Status.IN_REVIEW, Status.APPROVED), "in review or approved",
                (set, now) -> set.with(Status.REJECTED, caller.name(), now)
                        .withVerdicts(verdicts(set, new Verdict(caller.name(), false, comment, now))));
    }

    /** Opens a change set again, for further drafts: what reviewers have said no longer counts. */
    public ChangeSet reopen(Caller caller, ChangeSetKey key, long expectedNumber) {
        return move(caller, key, expectedNumber,
                Set.of(Status.IN_REVIEW, Status.APPROVED, Status.REJECTED, Status.SCHEDULED),
                "in review, approved, rejected or scheduled",
                (set, now) -> set.with(Status.OPEN, caller.name(), now).withVerdicts(List.of()));
    }

    /** Gives a change set up; its drafts are dropped. */
    public ChangeSet abandon(Caller caller, ChangeSetKey key, long expectedNumber) {
        caller.require(Role.EDITOR);
        return ChangeSetUpdate.commit(store, key, expectedNumber, (view, set) -> {
            requireNotFinal(set);
            List<Operation> further = new ArrayList<>(unscheduled(set));
            further.add(new DeleteKeys(ChangeSetKeys.open(key)));
            further.add(new DeleteKeys(ChangeSetKeys.drafts(key)));
            return new ChangeSetUpdate(
                    set.with(Status.ABANDONED, caller.name(), clock.instant()).withDrafts(List.of()), List.of(), further);
        });
    }

    /** Returns what ends the schedule of a change set, if it has one. */
    static List<Operation> unscheduled(ChangeSet set) {
        ChangeSet.Schedule schedule = set.schedule();
        return schedule == null ? List.of() : List.of(new DeleteKeys(ChangeSetKeys.due(schedule.at(), set.key())));
    }

    /** Refuses a change set that is published or abandoned. */
    static void requireNotFinal(ChangeSet set) {
        if (set.status().isFinal()) {
            throw new ChangeSetStateException(set.key(), set.status(), "neither published nor abandoned");
        }
    }

    static void requireStatus(ChangeSet set, Set<Status> allowed, String needed) {
        if (!allowed.contains(set.status())) {
            throw new ChangeSetStateException(set.key(), set.status(), needed);
        }
    }

    @FunctionalInterface
    private interface Move {
        ChangeSet apply(ChangeSet set, Instant now);
    }

    private ChangeSet move(Caller caller, ChangeSetKey key, long expectedNumber, Set<Status> allowed, String needed,
            Move move) {
        caller.require(Role.EDITOR);
        return ChangeSetUpdate.commit(store, key, expectedNumber, (view, set) -> {
            requireStatus(set, allowed, needed);
            return new ChangeSetUpdate(move.apply(set, clock.instant()), List.of(), unscheduled(set));
        });
    }

    /** Returns the verdicts with another one, in place of what the same reviewer said before. */
    private static List<Verdict> verdicts(ChangeSet set, Verdict verdict) {
        List<Verdict> verdicts = new ArrayList<>(set.verdicts());
        verdicts.removeIf(known -> known.reviewer().equals(verdict.reviewer()));
        verdicts.add(verdict);
        return verdicts;
    }
}
