package dev.roster.server.config.gray;

import dev.roster.server.config.ChangePlan;
import dev.roster.server.config.ConfigException;
import dev.roster.server.config.ConfigReleases;
import dev.roster.server.config.ConfigView;
import dev.roster.server.config.GrayMark;
import dev.roster.server.config.ItemChange;
import dev.roster.server.config.ItemKey;
import dev.roster.server.config.NamespaceRules;
import dev.roster.server.config.Publication;
import dev.roster.server.config.Release;
import dev.roster.server.config.ReleaseEntry;
import dev.roster.server.config.ReviewRequiredException;
import dev.roster.server.config.changeset.ChangeSetException;
import dev.roster.server.config.changeset.ChangeSetKey;
import dev.roster.server.config.changeset.ChangeSetPublisher;
import dev.roster.server.config.delivery.Adoption.Count;
import dev.roster.server.config.delivery.DeliveryReports;
import dev.roster.server.config.gray.GrayEvent.Kind;
import dev.roster.server.config.gray.GrayRelease.Status;
import dev.roster.server.security.Caller;
import dev.roster.server.security.Role;
import dev.roster.server.store.Compare;
import dev.roster.server.store.DeleteKeys;
import dev.roster.server.store.KeyValue;
import dev.roster.server.store.Operation;
import dev.roster.server.store.Outcome;
import dev.roster.server.store.PutKey;
import dev.roster.server.store.ReadView;
import dev.roster.server.store.Store;
import dev.roster.server.store.Txn;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Begins gray releases, moves and ends them, and finds them. May be used by any thread; methods that change something wait
 * for the store. Every change is one transaction, which holds only if nobody else has changed the gray release meanwhile.
 */
public final class GrayReleases {

    /** How many ended gray releases of an item are kept. */
    public static final int KEPT = 20;

    private final Store store;
    private final ConfigReleases releases;
    private final ChangeSetPublisher changeSets;
    private final DeliveryReports reports;
    private final InstantSource clock;

    /**
     * Makes it.
     *
     * @param changeSets begins those whose document was reviewed
     * @param reports asked what applications make of a version when something happens to it
     * @param clock tells when something was done
     */
    public GrayReleases(Store store, ConfigReleases releases, ChangeSetPublisher changeSets, DeliveryReports reports,
            InstantSource clock) {
        this.store = store;
        this.releases = releases;
        this.changeSets = changeSets;
        this.reports = reports;
        this.clock = clock;
    }

    /**
     * Makes a document the next version of an item, live for those whom the first step chooses.
     *
     * @param expectedVersion the version believed to be current, null if nothing is
     * @throws ConfigException if the item does not exist, is not at that version or has a gray release already, or if the
     *     namespace asks for review
     */
    public GrayRelease start(Caller caller, ItemKey item, @Nullable Long expectedVersion, Publication publication,
            GrayPlan plan) {
        caller.require(Role.EDITOR);
        List<GrayRelease> made = new ArrayList<>();
        releases.commit(view -> {
            if (NamespaceRules.read(view, item.namespace()).reviewRequired()) {
                throw new ReviewRequiredException(item.namespace());
            }
            return new ChangePlan(caller.name(), List.of(new ItemChange.Stage(item, expectedVersion, publication)),
                    List.of(NamespaceRules.unchanged(view, item.namespace())),
                    versions -> begin(view, caller.name(), item, versions.getFirst(), plan, made));
        });
        return made.getFirst();
    }

    /**
     * Does the same with the document of a change set, which is published by that: so also where the namespace asks for review.
     *
     * @param changeSet one that is open, or approved where that is asked for, and whose only draft publishes the item
     * @throws ChangeSetException if it is not so
     * @throws ConfigException if the item is not at the version that the draft is based on, or has a gray release already
     */
    public GrayRelease start(Caller caller, ItemKey item, @Nullable Long expectedVersion, ChangeSetKey changeSet,
            GrayPlan plan) {
        List<GrayRelease> made = new ArrayList<>();
        changeSets.stage(caller, changeSet, expectedVersion, item.name(),
                (view, staged) -> begin(view, caller.name(), item, staged, plan, made));
        return made.getFirst();
    }

    /** Returns what begins a gray release, which is put in place of whatever an attempt before has made. */
    private List<Operation> begin(ReadView view, String author, ItemKey item, ReleaseEntry staged, GrayPlan plan,
            List<GrayRelease> made) {
        Instant now = clock.instant();
        long version = staged.version();
        GrayRelease release = new GrayRelease(item, version, new ConfigView(view).getRelease(item).entry().version(),
                1, Status.RUNNING, author, now, 1, now, plan, List.of(
                        new GrayEvent(now, author, Kind.STARTED, 1, staged.comment(), Count.none(version))));
        made.clear();
        made.add(release);
        return List.of(new PutKey(GrayMark.of(item), GrayRecord.write(release)));
    }

    /**
     * Returns the version of an item that a client is to have, as this member's replica shows it.
     *
     * @throws dev.roster.server.config.ItemNotFoundException if the item does not exist
     */
    public Release getRelease(Caller caller, ItemKey item, GrayClient client) {
        caller.require(Role.READER);
        return new GrayView(store.view(), client).getRelease(item);
    }

    /**
     * Returns the version of an item that everybody has, as this member's replica shows it; empty if the item does not exist or a
     * gray release of it runs.
     */
    public Optional<SharedRelease> findShared(Caller caller, ItemKey item) {
        caller.require(Role.READER);
        return SharedRelease.find(store.view(), item);
    }

    /** Returns the gray releases of an item, the newest first, as this member's replica shows them. */
    public List<GrayRelease> list(Caller caller, ItemKey item) {
        caller.require(Role.READER);
        ReadView view = store.view();
        List<GrayRelease> all = new ArrayList<>();
        GrayView.active(view, item).ifPresent(all::add);
        view.read(GrayKeys.allEnded(item), KEPT + 1).keys().reversed()
                .forEach(stored -> all.add(GrayRecord.read(item, stored)));
        return all;
    }

    /**
     * Returns a gray release, as this member's replica shows it.
     *
     * @throws GrayReleaseNotFoundException if there is none, or it is no longer kept
     */
    public GrayRelease get(Caller caller, ItemKey item, long version) {
        caller.require(Role.READER);
        return find(store.view(), item, version).orElseThrow(() -> new GrayReleaseNotFoundException(item, version));
    }

    /** Returns what applications make of the version of a gray release, as they report now. */
    public Count count(GrayRelease release) {
        return reports.count(release.item(), release.version());
    }

    /**
     * Keeps a running gray release at its step. What is reported may still roll it back.
     *
     * @throws GrayException if it has another number or does not run, or was paused too often
     */
    public GrayRelease pause(Caller caller, ItemKey item, long version, long expectedNumber,
            @Nullable String comment) {
        return act(caller, item, version, expectedNumber, Kind.PAUSED, comment);
    }

    /**
     * Lets a paused gray release go on; its step bakes anew.
     *
     * @throws GrayException if it has another number or is not paused, or was resumed too often
     */
    public GrayRelease resume(Caller caller, ItemKey item, long version, long expectedNumber,
            @Nullable String comment) {
        return act(caller, item, version, expectedNumber, Kind.RESUMED, comment);
    }

    /**
     * Makes the next step now.
     *
     * @throws GrayException if it has another number or no step is left
     */
    public GrayRelease advance(Caller caller, ItemKey item, long version, long expectedNumber,
            @Nullable String comment) {
        return act(caller, item, version, expectedNumber, Kind.ADVANCED, comment);
    }

    /**
     * Publishes the document for everybody, whatever steps are left.
     *
     * @throws GrayException if it has another number or has ended
     */
    public GrayRelease promote(Caller caller, ItemKey item, long version, long expectedNumber,
            @Nullable String comment) {
        return act(caller, item, version, expectedNumber, Kind.PROMOTED, comment);
    }

    /**
     * Takes the version back from all who have it.
     *
     * @throws GrayException if it has another number or has ended
     */
    public GrayRelease abort(Caller caller, ItemKey item, long version, long expectedNumber,
            @Nullable String comment) {
        return act(caller, item, version, expectedNumber, Kind.ABORTED, comment);
    }

    private GrayRelease act(Caller caller, ItemKey item, long version, long expectedNumber, Kind kind,
            @Nullable String comment) {
        caller.require(Role.EDITOR);
        Publication.checkComment(comment);
        return apply(item, version, expectedNumber, caller.name(), kind, comment);
    }

    /** Returns the gray releases that run, as this member's replica shows them. */
    List<GrayRelease> running(int limit) {
        return store.view().read(GrayMark.all(), limit).keys().stream()
                .map(stored -> GrayRecord.read(GrayMark.item(stored.key()), stored)).toList();
    }

    /**
     * Lets something happen to a gray release.
     *
     * @param author in whose name
     * @throws GrayException if it has another number, or that cannot happen as it stands
     * @throws ConfigException if it cannot be published
     */
    GrayRelease apply(ItemKey item, long version, long expectedNumber, String author, Kind kind,
            @Nullable String detail) {
        return kind == Kind.PROMOTED
                ? publish(item, version, expectedNumber, author, detail)
                : change(item, version, expectedNumber, author, kind, detail);
    }

    private GrayRelease change(ItemKey item, long version, long expectedNumber, String author, Kind kind,
            @Nullable String detail) {
        ReadView view = Outcome.await(store.linearizableView());
        GrayRelease next = next(view, item, version, expectedNumber, author, kind, detail);
        boolean done = Outcome.await(store.commit(new Txn(List.of(unchanged(view, item)), operations(view, next),
                List.of()))).succeeded();
        if (!done) {
            throw changed(Outcome.await(store.linearizableView()), item, version);
        }
        return next;
    }

    private GrayRelease publish(ItemKey item, long version, long expectedNumber, String author,
            @Nullable String comment) {
        List<GrayRelease> made = new ArrayList<>();
        releases.commit(view -> {
            GrayRelease next = next(view, item, version, expectedNumber, author, Kind.PROMOTED, comment);
            made.clear();
            made.add(next);
            String publisher = author.equals(GrayEvent.AUTOMATIC) ? next.startedBy() : author;
            return new ChangePlan(publisher,
                    List.of(new ItemChange.Promote(item, next.baseVersion(), version, comment)),
                    List.of(unchanged(view, item)), versions -> operations(view, next));
        });
        return made.getFirst();
    }

    private GrayRelease next(ReadView view, ItemKey item, long version, long expectedNumber, String author, Kind kind,
            @Nullable String detail) {
        GrayRelease release = find(view, item, version)
                .orElseThrow(() -> new GrayReleaseNotFoundException(item, version));
        if (release.number() != expectedNumber) {
            throw new GrayReleaseMismatchException(item, version, release.number());
        }
        check(release, kind);
        int step = kind == Kind.ADVANCED ? release.step() + 1 : release.step();
        return release.after(new GrayEvent(clock.instant(), author, kind, step, detail, count(release)));
    }

    private static void check(GrayRelease release, Kind kind) {
        String needed = switch (kind) {
            case PAUSED -> release.status() == Status.RUNNING && release.hasRoom() ? null : "running, not paused often";
            case RESUMED -> release.status() == Status.PAUSED ? null : "paused";
            case ADVANCED -> release.isActive() && !release.isAtLastStep() ? null : "running, with a step left";
            case STARTED -> "not begun";
            case PROMOTED, ABORTED, ROLLED_BACK -> release.isActive() ? null : "running or paused";
        };
        if (needed != null) {
            throw new GrayReleaseStateException(release, needed);
        }
    }

    /** Returns what writes a gray release; when it has ended, among those that have, of which the oldest are dropped. */
    private static List<Operation> operations(ReadView view, GrayRelease next) {
        ItemKey item = next.item();
        if (next.isActive()) {
            return List.of(new PutKey(GrayMark.of(item), GrayRecord.write(next)));
        }
        List<Operation> operations = new ArrayList<>();
        operations.add(new DeleteKeys(GrayMark.of(item)));
        operations.add(new PutKey(GrayKeys.ended(item, next.version()), GrayRecord.write(next)));
        List<KeyValue> ended = view.read(GrayKeys.allEnded(item), KEPT + 1).keys();
        if (ended.size() >= KEPT) {
            operations.add(new DeleteKeys(ended.getFirst().key()));
        }
        return operations;
    }

    private static Compare unchanged(ReadView view, ItemKey item) {
        return view.find(GrayMark.of(item)).map(stored -> Compare.modifiedAt(stored.key(), stored.modified()))
                .orElseGet(() -> Compare.absent(GrayMark.of(item)));
    }

    private static GrayException changed(ReadView view, ItemKey item, long version) {
        return find(view, item, version)
                .<GrayException>map(now -> new GrayReleaseMismatchException(item, version, now.number()))
                .orElseGet(() -> new GrayReleaseNotFoundException(item, version));
    }

    private static Optional<GrayRelease> find(ReadView view, ItemKey item, long version) {
        return GrayView.active(view, item).filter(release -> release.version() == version)
                .or(() -> view.find(GrayKeys.ended(item, version)).map(stored -> GrayRecord.read(item, stored)));
    }
}
