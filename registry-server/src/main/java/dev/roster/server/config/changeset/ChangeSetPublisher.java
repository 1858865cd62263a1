package dev.roster.server.config.changeset;

import dev.roster.server.config.ChangePlan;
import dev.roster.server.config.ConfigException;
import dev.roster.server.config.ConfigReleases;
import dev.roster.server.config.ItemChange;
import dev.roster.server.config.ItemName;
import dev.roster.server.config.NamespaceRules;
import dev.roster.server.config.ReleaseEntry;
import dev.roster.server.config.ReviewRules;
import dev.roster.server.config.changeset.ChangeSet.PublishedDraft;
import dev.roster.server.config.changeset.ChangeSet.Schedule;
import dev.roster.server.config.changeset.ChangeSet.Status;
import dev.roster.server.config.secret.SecretException;
import dev.roster.server.security.AccessException;
import dev.roster.server.security.AuditContext;
import dev.roster.server.security.Caller;
import dev.roster.server.security.InvalidArgumentException;
import dev.roster.server.security.Role;
import dev.roster.server.store.DeleteKeys;
import dev.roster.server.store.KeyValue;
import dev.roster.server.store.Operation;
import dev.roster.server.store.PutKey;
import dev.roster.server.store.ReadView;
import dev.roster.server.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Publishes change sets: all their drafts or some, now or when they are due, by one transaction with the change set itself.
 * May be used by any thread; every method waits for the store.
 *
 * <p>Where the namespace asks for review the change set needs as many approvals as it asks for, of others than those who
 * wrote it; what is asked for when it is published is what counts.
 */
public final class ChangeSetPublisher {

    /** How far ahead a publication may be scheduled. */
    public static final Duration MAX_AHEAD = Duration.ofDays(366);

    private static final int MAX_FAILURE_CHARACTERS = 1000;

    private static final Set<Status> PUBLISHABLE = Set.of(Status.OPEN, Status.APPROVED);

    private final Store store;
    private final ConfigReleases releases;
    private final InstantSource clock;

    /**
     * Makes the publisher.
     *
     * @param clock tells when something was done, and what is due
     */
    public ChangeSetPublisher(Store store, ConfigReleases releases, InstantSource clock) {
        this.store = store;
        this.releases = releases;
        this.clock = clock;
    }

    /**
     * Publishes a change set that is open or approved.
     *
     * @param expectedNumber the number of the change set that the caller has seen
     * @param items which drafts to publish; empty for all of them
     * @return the change set; it stays as it was but for what was published, unless all was
     * @throws ChangeSetException if it is not as expected, in another state, not approved or without such a draft
     * @throws ConfigException why a draft was refused
     */
    public ChangeSet publish(Caller caller, ChangeSetKey key, long expectedNumber, Set<ItemName> items) {
        caller.require(Role.EDITOR);
        return publish(key, caller.name(), items, (view, set) -> {
            if (set.number() != expectedNumber) {
                throw new ChangeSetMismatchException(key, set.number());
            }
            ChangeSetReviews.requireStatus(set, PUBLISHABLE, "open or approved");
        });
    }

    /**
     * Makes the document of a change set that is open or approved the next version of an item without making that the current
     * one: a gray release begins with it. The change set is published by that, whatever becomes of the gray release.
     *
     * @param expectedVersion the version of the item believed to be current, null if nothing is
     * @param item the item whose document must be the only draft
     * @param further what to do beside, given a view and the staged version
     * @return the staged version
     * @throws ChangeSetException if it is in another state, not approved, or has other drafts
     * @throws ConfigException why the draft was refused
     */
    public ReleaseEntry stage(Caller caller, ChangeSetKey key, @Nullable Long expectedVersion, ItemName item,
            BiFunction<ReadView, ReleaseEntry, List<Operation>> further) {
        caller.require(Role.EDITOR);
        return releases.commit(view -> {
            ChangeSet set = ChangeSetUpdate.read(view, key);
            ChangeSetReviews.requireStatus(set, PUBLISHABLE, "open or approved");
            requireApproved(NamespaceRules.read(view, key.namespace()), set);
            if (set.drafts().size() != 1 || !(Drafts.change(view, set, chosen(set, Set.of(item))
                    .getFirst()) instanceof ItemChange.Publish document)) {
                throw new ChangeSetStateException(key, set.status(), "with one draft, which publishes " + item);
            }
            long base = set.drafts().getFirst().baseVersion();
            if (expectedVersion != null && expectedVersion != base) {
                throw new ChangeSetStateException(key, set.status(), "based on version " + expectedVersion);
            }
            return new ChangePlan(caller.name(),
                    List.of(new ItemChange.Stage(document.item(), base, document.publication())),
                    List.of(ChangeSetUpdate.unchanged(view, key), NamespaceRules.unchanged(view, key.namespace())),
                    versions -> {
                        List<Operation> operations = new ArrayList<>(operations(set, set.drafts(),
                                next(set, set.drafts(), versions, caller.name())));
                        operations.addAll(further.apply(view, versions.getFirst()));
                        return operations;
                    });
        }).getFirst().release().entry();
    }

    /**
     * Sees to it that a change set which is open or approved is published at a time, in the name of the caller.
     *
     * @param at in the future, at most {@link #MAX_AHEAD}; rounded up to whole seconds
     * @throws ChangeSetException if it is not as expected, in another state or not approved
     */
    public ChangeSet schedule(Caller caller, ChangeSetKey key, long expectedNumber, Instant at) {
        caller.require(Role.EDITOR);
        Instant now = clock.instant();
        if (!at.isAfter(now) || at.isAfter(now.plus(MAX_AHEAD))) {
            throw new InvalidArgumentException("publishAt", at,
                    "a time after now and at most " + MAX_AHEAD.toDays() + " days ahead");
        }
        Instant second = at.truncatedTo(ChronoUnit.SECONDS);
        Schedule schedule = new Schedule(second.equals(at) ? second : second.plusSeconds(1), caller.name());
        return ChangeSetUpdate.commit(store, key, expectedNumber, (view, set) -> {
            ChangeSetReviews.requireStatus(set, PUBLISHABLE, "open or approved");
            requireDrafts(set);
            requireApproved(NamespaceRules.read(view, key.namespace()), set);
            return ChangeSetUpdate.of(set.with(Status.SCHEDULED, caller.name(), now).withSchedule(schedule),
                    new PutKey(ChangeSetKeys.due(schedule.at(), key), ChangeSetRecord.writeNumber(key.id())));
        });
    }

    /** Returns change sets that are due as far as this member's replica shows, the first first. */
    List<ChangeSetKey> due(int limit) {
        return store.view().read(ChangeSetKeys.dueUntil(clock.instant()), limit).keys().stream().map(KeyValue::key)
                .map(ChangeSetKeys::readDue).toList();
    }

    /** Returns in whose name a change set is published when it is due, as far as this member's replica shows. */
    Optional<String> scheduledBy(ChangeSetKey key) {
        return store.view().find(ChangeSetKeys.set(key)).map(ChangeSetRecord::read).map(ChangeSet::schedule)
                .map(Schedule::by);
    }

    /**
     * Publishes a change set that is due, or notes why that cannot be done.
     *
     * @return what came of it; empty if it is not due any more
     */
    Optional<ChangeSet> publishDue(ChangeSetKey key) {
        ChangeSet seen = store.view().find(ChangeSetKeys.set(key)).map(ChangeSetRecord::read).orElse(null);
        Schedule schedule = seen == null ? null : seen.schedule();
        if (seen == null || schedule == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(publish(key, schedule.by(), Set.of(), (view, set) -> requireDue(set, schedule)));
        } catch (ChangeSetMismatchException | ChangeSetNotFoundException e) {
            return Optional.empty();
        } catch (ConfigException | ChangeSetException | AccessException | SecretException e) {
            return AuditContext.outside(() -> failed(key, seen, e.getMessage()));
        }
    }

    @FunctionalInterface
    private interface Check {
        void check(ReadView view, ChangeSet set);
    }

    private ChangeSet publish(ChangeSetKey key, String author, Set<ItemName> items, Check check) {
        List<ChangeSet> result = new ArrayList<>();
        releases.commit(view -> {
            ChangeSet set = ChangeSetUpdate.read(view, key);
            check.check(view, set);
            requireDrafts(set);
            requireApproved(NamespaceRules.read(view, key.namespace()), set);
            List<DraftEntry> chosen = chosen(set, items);
            List<ItemChange> changes = chosen.stream().map(entry -> Drafts.change(view, set, entry)).toList();
            return new ChangePlan(author, changes,
                    List.of(ChangeSetUpdate.unchanged(view, key), NamespaceRules.unchanged(view, key.namespace())),
                    versions -> {
                        ChangeSet next = next(set, chosen, versions, author);
                        result.clear();
                        result.add(next);
                        return operations(set, chosen, next);
                    });
        });
        return result.getFirst();
    }

    private ChangeSet next(ChangeSet set, List<DraftEntry> chosen, List<ReleaseEntry> versions, String author) {
        List<PublishedDraft> published = new ArrayList<>(set.published());
        for (int i = 0; i < chosen.size(); i++) {
            published.add(new PublishedDraft(chosen.get(i).item(), versions.get(i).version()));
        }
        List<DraftEntry> rest = new ArrayList<>(set.drafts());
        rest.removeAll(chosen);
        Status status = rest.isEmpty() ? Status.PUBLISHED : set.status();
        return set.with(status, author, clock.instant()).withDrafts(rest).withPublished(published);
    }

    private static List<Operation> operations(ChangeSet set, List<DraftEntry> chosen, ChangeSet next) {
        List<Operation> operations = new ArrayList<>(ChangeSetReviews.unscheduled(set));
        operations.add(new PutKey(ChangeSetKeys.set(set.key()), ChangeSetRecord.write(next)));
        if (next.status() == Status.PUBLISHED) {
            operations.add(new DeleteKeys(ChangeSetKeys.open(set.key())));
            operations.add(new DeleteKeys(ChangeSetKeys.drafts(set.key())));
        } else {
            chosen.forEach(entry -> operations.add(new DeleteKeys(ChangeSetKeys.draft(set.key(), entry.item()))));
        }
        return operations;
    }

    private Optional<ChangeSet> failed(ChangeSetKey key, ChangeSet seen, @Nullable String reason) {
        String why = reason == null ? "unknown" : reason;
        String failure = why.length() > MAX_FAILURE_CHARACTERS ? why.substring(0, MAX_FAILURE_CHARACTERS) : why;
        try {
            return Optional.of(ChangeSetUpdate.commit(store, key, seen.number(), (view, set) -> {
                Status status = set.verdicts().isEmpty() ? Status.OPEN : Status.APPROVED;
                return new ChangeSetUpdate(set.with(status, set.updatedBy(), clock.instant()).withFailure(failure),
                        List.of(), ChangeSetReviews.unscheduled(set));
            }));
        } catch (ChangeSetMismatchException | ChangeSetNotFoundException e) {
            return Optional.empty();
        }
    }

    private static void requireDue(ChangeSet set, Schedule schedule) {
        if (!schedule.equals(set.schedule())) {
            throw new ChangeSetMismatchException(set.key(), set.number());
        }
    }

    private static void requireDrafts(ChangeSet set) {
        if (set.drafts().isEmpty()) {
            throw new ChangeSetStateException(set.key(), set.status(), "with a draft");
        }
    }

    private static void requireApproved(ReviewRules rules, ChangeSet set) {
        long approvals = set.approvals(rules.ownApproval());
        if (rules.reviewRequired() && approvals < rules.approvals()) {
            throw new NotApprovedException(set.key(), approvals, rules.approvals());
        }
    }

    private static List<DraftEntry> chosen(ChangeSet set, Set<ItemName> items) {
        if (items.isEmpty()) {
            return set.drafts();
        }
        Set<ItemName> missing = new HashSet<>(items);
        set.drafts().forEach(draft -> missing.remove(draft.item()));
        if (!missing.isEmpty()) {
            throw new DraftNotFoundException(set.key(), missing.iterator().next());
        }
        return set.drafts().stream().filter(draft -> items.contains(draft.item())).toList();
    }
}
