package dev.roster.server.config.transfer;

import dev.roster.server.config.ChangePlan;
import dev.roster.server.config.ConfigReleases;
import dev.roster.server.config.ConfigView;
import dev.roster.server.config.NamespaceRules;
import dev.roster.server.config.Published;
import dev.roster.server.config.Release;
import dev.roster.server.config.ItemKey;
import dev.roster.server.config.ItemNotes;
import dev.roster.server.config.secret.SecretException;
import dev.roster.server.config.secret.SecretPlace;
import dev.roster.server.config.secret.SecretText;
import dev.roster.server.config.secret.SecretVault;
import dev.roster.server.config.transfer.ImportRun.Phase;
import dev.roster.server.config.transfer.ImportRuns.Progress;
import dev.roster.server.security.AuditContext;
import dev.roster.server.security.AuditStamp;
import dev.roster.server.security.Caller;
import dev.roster.server.security.InvalidArgumentException;
import dev.roster.server.security.NamespaceName;
import dev.roster.server.security.Role;
import dev.roster.server.store.Compare;
import dev.roster.server.store.LargeTxn;
import dev.roster.server.store.Operation;
import dev.roster.server.store.Outcome;
import dev.roster.server.store.ReadView;
import dev.roster.server.store.Store;
import dev.roster.server.store.TxnResult;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Brings many items in at once: from an archive, or from another namespace. All changes are made by one transaction, at one
 * revision; whoever reads or watches sees all of them or none. May be used by any thread; methods wait for the store.
 */
public final class ConfigImports {
    private static final String AREA = "config/import/";

    private final Store store;
    private final ConfigReleases releases;
    private final SecretVault vault;
    private final AuditStamp stamp;
    private final LargeTxn large;
    private final Counter imports;
    private final Counter items;

    /**
     * Makes the imports.
     *
     * @param vault reads secrets that are copied
     * @param stamp makes what stores the entry of the audit log, by the transaction of the import
     * @param random names what is put before a transaction
     * @param meters told of every import
     */
    public ConfigImports(Store store, ConfigReleases releases, SecretVault vault, AuditStamp stamp,
            LongSupplier random, MeterRegistry meters) {
        this.store = store;
        this.releases = releases;
        this.vault = vault;
        this.stamp = stamp;
        this.large = new LargeTxn(store, random, AREA);
        this.imports = Counter.builder("roster.config.imports")
                .description("Imports and copies of namespaces that this member has made").register(meters);
        this.items = Counter.builder("roster.config.imported.items")
                .description("Items that imports and copies have created or changed").register(meters);
    }

    /**
     * Imports an archive.
     *
     * @param to where to
     * @param archive not to be changed meanwhile; see {@link ImportLimits}
     * @param progress told how far it has come
     * @throws ImportException why nothing was imported
     * @throws dev.roster.server.config.ReviewRequiredException if the namespace asks for review
     * @throws InvalidArgumentException if the documents are too large together
     */
    public ImportReport run(Caller caller, NamespaceName to, byte[] archive, ImportOptions options, Progress progress) {
        caller.require(Role.EDITOR);
        ArchiveReader.Reading reading = ArchiveReader.read(archive, options);
        return bring(caller, to, reading, options, progress);
    }

    /**
     * Copies the items of a namespace as they are now, without their history. Secrets are encrypted anew by the key of the
     * namespace that they come to.
     *
     * @param from where from
     * @param to where to; items that are not in {@code from} stay
     * @throws ImportException why nothing was copied
     * @throws dev.roster.server.security.ForbiddenException if an item has secrets, and the caller may not read those of
     *     {@code from}
     * @throws dev.roster.server.config.secret.SecretException if a secret cannot be decrypted
     * @throws dev.roster.server.config.ReviewRequiredException if {@code to} asks for review
     * @throws InvalidArgumentException if {@code from} is {@code to}, or the documents are too large together
     */
    public ImportReport copy(Caller caller, NamespaceName from, NamespaceName to, ImportOptions options,
            Progress progress) {
        caller.require(Role.EDITOR);
        if (from.equals(to)) {
            throw new InvalidArgumentException("from", from, "another namespace than " + to);
        }
        ReadView seen = Outcome.await(store.linearizableView());
        ConfigView view = new ConfigView(seen);
        Findings findings = new Findings(options.comment());
        for (ItemKey key : view.itemKeys(from, null, ImportLimits.MAX_ITEMS + 1)) {
            Release release = view.getRelease(key);
            findings.add(key.toString(), key.name().value(), release.entry().format(), marked(caller, release),
                    ItemNotes.read(seen, key));
        }
        return bring(caller, to, new ArchiveReader.Reading(ImportSource.ROSTER, findings), options, progress);
    }

    /** Returns a document as the target can encrypt it. Others may read its secrets there, so only who may read them copies them. */
    private String marked(Caller caller, Release release) {
        if (SecretText.hasToken(release.content())) {
            caller.requireSecrets(release.item().namespace(), "item " + release.item());
        }
        return vault.mark(place(release.item()), release.entry().format(), release.content());
    }

    private static SecretPlace place(ItemKey item) {
        return new SecretPlace(item.namespace(), item.name().value());
    }

    private ImportReport bring(Caller caller, NamespaceName to, ArchiveReader.Reading reading, ImportOptions options,
            Progress progress) {
        Findings findings = reading.findings();
        progress.reached(Phase.READING, findings.candidates().size(), findings.candidates().size());
        ReadView view = Outcome.await(store.linearizableView());
        ImportPlan seen = plan(caller, view, to, findings, options);
        Reports reports = new Reports(to, reading, options.preview());
        if (options.preview()) {
            return reports.of(seen, List.of(), view.revision().value());
        }
        if (findings.malformed() > 0 && !options.skipMalformed()) {
            throw new MalformedImportException(reports.of(seen, List.of(), view.revision().value()),
                    findings.malformed());
        }
        return commit(caller, to, findings, options, reports, progress);
    }

    private ImportReport commit(Caller caller, NamespaceName to, Findings findings, ImportOptions options,
            Reports reports, Progress progress) {
        List<ImportPlan> plans = new ArrayList<>();
        List<Published> made;
        try {
            made = releases.commit(view -> {
                NamespaceRules.requireNoReview(view, to);
                ImportPlan plan = plan(caller, view, to, findings, options);
                plans.add(plan);
                long revision = view.revision().value();
                if (plan.count(ImportedItem.Outcome.CONFLICT) > 0) {
                    throw new ImportConflictException(reports.of(plan, List.of(), revision),
                            plan.count(ImportedItem.Outcome.CONFLICT));
                }
                if (plan.changes().isEmpty()) {
                    throw new NothingToDoException(revision);
                }
                return new ChangePlan(caller.name(), plan.changes(), List.of(NamespaceRules.unchanged(view, to)),
                        _ -> plan.further(view), ChangePlan.Size.PARTS);
            }, (compares, operations) -> propose(compares, operations, progress));
        } catch (NothingToDoException e) {
            imports.increment();
            return reports.of(plans.getLast(), List.of(), e.revision);
        }
        imports.increment();
        items.increment(made.size());
        return reports.of(plans.getLast(), made, made.getFirst().release().entry().revision());
    }

    /** The parts are no changes of their own: the entry of the audit log comes with the one command that carries them out. */
    private TxnResult propose(List<Compare> compares, List<Operation> operations, Progress progress) {
        AuditContext.Act act = AuditContext.current().orElse(null);
        List<Operation> all = new ArrayList<>(operations);
        if (act != null) {
            all.add(stamp.of(act));
        }
        TxnResult result = AuditContext.outside(() -> large.commit(compares, all,
                (done, total) -> progress.reached(Phase.STORING, done, total)));
        if (act != null && result.succeeded()) {
            act.markStored();
        }
        return result;
    }

    /**
     * Whether a secret is the same as the one that is there is told to those only who may read that: others could find it out by
     * trying.
     */
    private ImportPlan plan(Caller caller, ReadView view, NamespaceName to, Findings findings, ImportOptions options) {
        return ImportPlan.of(new ConfigView(view), to, findings.candidates(), options.conflict(),
                release -> caller.readsSecrets(to) ? markedIfReadable(release) : release.content());
    }

    private String markedIfReadable(Release release) {
        try {
            return vault.mark(place(release.item()), release.entry().format(), release.content());
        } catch (SecretException e) {
            // What cannot be read any more can be replaced.
            return release.content();
        }
    }

    private record Reports(NamespaceName to, ArchiveReader.Reading reading, boolean preview) {
        ImportReport of(ImportPlan plan, List<Published> made, long revision) {
            List<ImportedItem> all = new ArrayList<>(plan.items(made));
            all.addAll(reading.findings().rest());
            return new ImportReport(to, reading.source(), preview, revision, all);
        }
    }

    /** Ends a commit that has nothing to do; never leaves this class. */
    private static final class NothingToDoException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final long revision;

        NothingToDoException(long revision) {
            super("nothing to do", null, false, false);
            this.revision = revision;
        }
    }
}
