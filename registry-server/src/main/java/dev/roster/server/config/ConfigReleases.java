package dev.roster.server.config;

import dev.roster.server.config.check.DocumentChecks;
import dev.roster.server.config.secret.SecretVault;
import dev.roster.server.security.Caller;
import dev.roster.server.security.InvalidArgumentException;
import dev.roster.server.security.NamespaceName;
import dev.roster.server.security.Role;
import dev.roster.server.store.Compare;
import dev.roster.server.store.Operation;
import dev.roster.server.store.Outcome;
import dev.roster.server.store.ReadView;
import dev.roster.server.store.Revision;
import dev.roster.server.store.Store;
import dev.roster.server.store.Txn;
import dev.roster.server.store.TxnResult;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Publishes, rolls back, deletes and finds configuration. May be used by any thread; methods that change something wait
 * for the store. Reads show this member's replica.
 *
 * <p>Every change, and every list of changes, is one transaction, which holds only if the items are just as they were when it
 * was decided; otherwise the decision is made anew from what is there then. Decisions are made from a view that shows all that was acknowledged
 * before, so that nobody is refused because this member is behind. Each change makes a version, deletions included, and
 * drops those that the namespace does not keep any longer.
 */
public final class ConfigReleases {

    /**
     * How many versions of an item are kept, the current one included, unless the namespace has a {@link HistoryPolicy}. Older
     * ones cannot be read or restored.
     */
    public static final int MAX_HISTORY = 100;

    /** Attempts of one request before it gives up; each one fails only because another request succeeded. */
    private static final int MAX_ATTEMPTS = 16;

    private static final Pattern PREFIX = Pattern.compile("[A-Za-z0-9._-]{0,128}");

    private final Store store;
    private final InstantSource clock;
    private final ConfigMetrics metrics;
    private final SecretVault vault;

    /** Makes releases of documents without secrets; those with some are refused. */
    public ConfigReleases(Store store, InstantSource clock, MeterRegistry meters) {
        this(store, clock, meters, SecretVault.closed(store, clock));
    }

    /**
     * Makes the releases.
     *
     * @param clock tells when a version was made; nothing is decided by it
     * @param meters told of every change
     * @param vault encrypts secrets before they are stored
     */
    public ConfigReleases(Store store, InstantSource clock, MeterRegistry meters, SecretVault vault) {
        this.vault = vault;
        this.store = store;
        this.clock = clock;
        this.metrics = new ConfigMetrics(meters);
    }

    /**
     * Publishes a document as the next version of an item.
     *
     * @throws VersionMismatchException if the expectation is not met
     * @throws VersionRequiredException if the item exists and nothing is expected
     * @throws ReviewRequiredException if the namespace asks for review
     */
    public Published publish(Caller caller, ItemKey item, Publication publication, Expectation expected) {
        return apply(caller, new ItemChange.Publish(item, publication, expected));
    }

    /**
     * Publishes the document of an earlier version again, as the next version.
     *
     * @param expectedVersion the version believed to be current, null if nothing is
     * @param toVersion the version whose document is wanted
     * @param comment why, to {@value Publication#MAX_COMMENT_CHARACTERS} characters, null if not said
     * @throws ItemNotFoundException if the item does not exist
     * @throws VersionMismatchException if another version is current
     * @throws VersionRequiredException if no version is expected
     * @throws VersionNotFoundException if that version never was, is no longer kept or records a deletion
     * @throws ReviewRequiredException if the namespace asks for review
     */
    public Release rollBack(Caller caller, ItemKey item, @Nullable Long expectedVersion, long toVersion,
            @Nullable String comment) {
        return apply(caller, new ItemChange.RollBack(item, expectedVersion, toVersion, comment)).release();
    }

    /**
     * Deletes an item. Its history stays, and the next publication goes on counting.
     *
     * @param expectedVersion the version believed to be current, null if nothing is
     * @return the version that records the deletion
     * @throws ItemNotFoundException if the item does not exist
     * @throws VersionMismatchException if another version is current
     * @throws VersionRequiredException if no version is expected
     * @throws ReviewRequiredException if the namespace asks for review
     */
    public ReleaseEntry delete(Caller caller, ItemKey item, @Nullable Long expectedVersion) {
        return apply(caller, new ItemChange.Delete(item, expectedVersion, null)).release().entry();
    }

    /**
     * Publishes the document again that a deleted item had last.
     *
     * @param expectedVersion the version that records the deletion, null if nothing is believed
     * @param comment why, to {@value Publication#MAX_COMMENT_CHARACTERS} characters, null if not said
     * @throws ItemNotFoundException if there never was such an item
     * @throws VersionMismatchException if the item exists, or another version records its deletion
     * @throws VersionRequiredException if no version is expected
     * @throws ReviewRequiredException if the namespace asks for review
     */
    public Release undelete(Caller caller, ItemKey item, @Nullable Long expectedVersion, @Nullable String comment) {
        return apply(caller, new ItemChange.Undelete(item, expectedVersion, comment)).release();
    }

    private Published apply(Caller caller, ItemChange change) {
        return apply(caller, List.of(change)).getFirst();
    }

    /**
     * Makes changes of items, all of them or none.
     *
     * @param changes 1 to {@value ChangePlan#MAX_CHANGES}, each of another item
     * @return what came of each, in the same order and at the same revision
     * @throws ConfigException why one of them was refused, as for that change alone
     * @throws InvalidArgumentException if they are too many, or too large together
     */
    public List<Published> apply(Caller caller, List<ItemChange> changes) {
        caller.require(Role.EDITOR);
        SortedSet<NamespaceName> namespaces = new TreeSet<>();
        changes.forEach(change -> namespaces.add(change.item().namespace()));
        return commit(view -> {
            List<Compare> rules = new ArrayList<>();
            for (NamespaceName namespace : namespaces) {
                if (NamespaceRules.read(view, namespace).reviewRequired()) {
                    throw new ReviewRequiredException(namespace);
                }
                rules.add(NamespaceRules.unchanged(view, namespace));
            }
            return new ChangePlan(caller.name(), changes, rules, versions -> List.of());
        });
    }

    /**
     * Carries out a plan by one transaction. Checks no access and no rules of namespaces: whoever plans does.
     *
     * @param planner plans from what is there; called again when that has changed meanwhile
     * @return what came of each change, in the order of the plan
     */
    public List<Published> commit(Function<ReadView, ChangePlan> planner) {
        return commit(planner, (compares, operations) -> Outcome
                .await(store.commit(new Txn(compares, operations, List.of()))));
    }

    /**
     * Carries out a plan, as {@link #commit(Function)} does, by a transaction that somebody else proposes.
     *
     * @param proposer told what must hold and what to do then; it may do that in any way that is one transaction
     */
    public List<Published> commit(Function<ReadView, ChangePlan> planner,
            BiFunction<List<Compare>, List<Operation>, TxnResult> proposer) {
        ChangePlan plan = null;
        for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
            ReadView view = Outcome.await(store.linearizableView());
            plan = planner.apply(view);
            List<ChangeDecision> decisions = decide(view, plan);
            TxnResult result = propose(plan, decisions, proposer);
            if (result.succeeded()) {
                decisions.forEach(decision -> metrics.recordChange(decision.entry().action()));
                return decisions.stream().map(decision -> published(decision, result.revision())).toList();
            }
        }
        throw new ItemContendedException(Objects.requireNonNull(plan).changes().getFirst().item());
    }

    private List<ChangeDecision> decide(ReadView view, ChangePlan plan) {
        Instant now = clock.instant();
        DocumentChecks checks = new DocumentChecks(view);
        plan.changes().forEach(change -> check(checks, change));
        List<ChangeDecision> decisions = plan.changes().stream()
                .map(change -> ChangeDecision.of(view, change, plan.author(), now, vault)).toList();
        int bytes = decisions.stream().mapToInt(ChangeDecision::weight).sum();
        int most = plan.size().maxContentBytes();
        if (bytes > most) {
            throw new InvalidArgumentException("changes", bytes + " bytes of content",
                    "at most " + most + " bytes of content together");
        }
        return decisions;
    }

    /** Rollbacks and the end of a gray release are not checked: what was published once may be published again. */
    private static void check(DocumentChecks checks, ItemChange change) {
        switch (change) {
            case ItemChange.Publish publish -> publish.publication().requireAllowed(publish.item(), checks);
            case ItemChange.Stage stage -> stage.publication().requireAllowed(stage.item(), checks);
            case ItemChange.RollBack _,ItemChange.Delete _,ItemChange.Undelete _,ItemChange.Promote _ -> {
            }
        }
    }

    private static TxnResult propose(ChangePlan plan, List<ChangeDecision> decisions,
            BiFunction<List<Compare>, List<Operation>, TxnResult> proposer) {
        // Changes of one namespace share a condition on its data key.
        Set<Compare> compares = new LinkedHashSet<>(plan.compares());
        List<Operation> operations = new ArrayList<>();
        for (ChangeDecision decision : decisions) {
            compares.addAll(decision.state().unchanged());
            compares.addAll(decision.compares());
            operations.addAll(decision.state().next(decision.entry(), decision.content()));
            operations.addAll(decision.forgotten());
        }
        operations.addAll(plan.further().apply(decisions.stream().map(ChangeDecision::entry).toList()));
        return proposer.apply(List.copyOf(compares), operations);
    }

    private static Published published(ChangeDecision decision, Revision revision) {
        ItemState before = decision.state();
        return new Published(
                new Release(before.item(), decision.entry().at(revision.value()), decision.content()),
                before.current() == null);
    }

    /** Returns the current version of an item, if the item exists. */
    public Optional<Release> findRelease(Caller caller, ItemKey item) {
        return view(caller).findRelease(item);
    }

    /**
     * Returns the current version of an item.
     *
     * @throws ItemNotFoundException if the item does not exist
     */
    public Release getRelease(Caller caller, ItemKey item) {
        return view(caller).getRelease(item);
    }

    /**
     * Returns a version of an item, be it current or not, also after the item was deleted.
     *
     * @throws ItemNotFoundException if there never was such an item
     * @throws VersionNotFoundException if that version never was, is no longer kept or records a deletion
     */
    public Release getVersion(Caller caller, ItemKey item, long version) {
        return view(caller).getRelease(item, version);
    }

    /**
     * Lists the versions of an item, newest first, also after the item was deleted.
     *
     * @param limit most versions wanted, 1 or more
     * @param from where the page begins, null for the first page
     * @throws ItemNotFoundException if there never was such an item
     * @throws dev.roster.server.store.RevisionCompactedException if the revision of the pages before is no longer kept
     */
    public HistoryPage listVersions(Caller caller, ItemKey item, int limit, HistoryPage.@Nullable Position from) {
        ConfigView view = from == null ? view(caller) : viewAt(caller, from.revision());
        if (view.findLast(item).isEmpty()) {
            throw new ItemNotFoundException(item);
        }
        return view.history(item, from == null ? Long.MAX_VALUE : from.before(), limit);
    }

    /**
     * Lists items by name.
     *
     * @param prefix what names must begin with, possibly empty
     * @param limit most items wanted, 1 or more
     * @param from where the page begins, null for the first page
     * @throws dev.roster.server.store.RevisionCompactedException if the revision of the pages before is no longer kept
     */
    public ItemPage listItems(Caller caller, NamespaceName namespace, String prefix, int limit,
            ItemPage.@Nullable Position from) {
        if (!PREFIX.matcher(prefix).matches()) {
            throw new InvalidArgumentException("prefix", prefix,
                    "at most 128 letters, digits, dots, hyphens and underscores");
        }
        ConfigView view = from == null ? view(caller) : viewAt(caller, from.revision());
        return view.items(namespace, prefix, from == null ? null : from.after(), limit);
    }

    private ConfigView view(Caller caller) {
        caller.require(Role.READER);
        return new ConfigView(store.view());
    }

    private ConfigView viewAt(Caller caller, long revision) {
        caller.require(Role.READER);
        return new ConfigView(store.viewAt(new Revision(revision)));
    }
}
