package dev.roster.server.config.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roster.server.config.ConfigReleases;
import dev.roster.server.config.ConfigSecrets;
import dev.roster.server.config.ConfigView;
import dev.roster.server.config.HistoryPage;
import dev.roster.server.config.ItemDetails;
import dev.roster.server.config.ItemKey;
import dev.roster.server.config.ItemName;
import dev.roster.server.config.ItemNotes;
import dev.roster.server.config.NamespaceRules;
import dev.roster.server.config.ReviewRequiredException;
import dev.roster.server.config.ReviewRules;
import dev.roster.server.config.SecretForm;
import dev.roster.server.config.format.DocumentFormat;
import dev.roster.server.config.transfer.ImportedItem.Outcome;
import dev.roster.server.fixture.Callers;
import dev.roster.server.security.AuditContext;
import dev.roster.server.security.Caller;
import dev.roster.server.security.ForbiddenException;
import dev.roster.server.security.InvalidArgumentException;
import dev.roster.server.security.NamespaceName;
import dev.roster.server.security.Role;
import dev.roster.server.security.SecretsRight;
import dev.roster.server.security.audit.AuditedStore;
import dev.roster.server.store.CommitParts;
import dev.roster.server.store.ForwardingStore;
import dev.roster.server.store.KeyRange;
import dev.roster.server.store.StoreUnavailableException;
import dev.roster.server.store.TxnResult;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of items that are imported: all at one revision, or none. */
class ConfigImportsTest extends ImportFixture {

    /** Where entries of the audit log are until they are in the chain. */
    private static final String ENTRIES = "audit/pending/";

    @Test
    void createsChangesAndLeavesAsTheCallerSays() {
        publish(SHOP, "same", DocumentFormat.YAML, "a: 1\n");
        publish(SHOP, "other", DocumentFormat.YAML, "a: 1\n");
        byte[] archive = Zips.of(files("same.yml", "a: 1\n", "other.yml", "a: 2\n", "new.json", "{}"));

        assertThatThrownBy(() -> bring(archive, ImportOptions.DEFAULT)).isInstanceOf(ImportConflictException.class)
                .satisfies(e -> assertThat(outcomes(((ImportConflictException) e).report()))
                        .containsExactly("new.json CREATED", "other.yml CONFLICT", "same.yml UNCHANGED"));
        assertThat(state(SHOP)).containsOnlyKeys("same", "other");

        ImportReport skipped = bring(archive, ImportOptions.DEFAULT.with(ConflictChoice.SKIP));
        assertThat(outcomes(skipped)).containsExactly("new.json CREATED", "other.yml SKIPPED", "same.yml UNCHANGED");
        assertThat(release("other").content()).isEqualTo("a: 1\n");

        ImportReport changed = bring(archive, ImportOptions.DEFAULT.with(ConflictChoice.NEW_VERSION));
        assertThat(outcomes(changed)).containsExactly("new.json UNCHANGED", "other.yml CHANGED", "same.yml UNCHANGED");
        assertThat(release("other").entry().version()).isEqualTo(2);
        assertThat(changed.items().get(1).version()).isEqualTo(2);
        assertThat(history("other").versions()).hasSize(2);
        assertThat(meters.get("roster.config.imported.items").counter().count()).isEqualTo(2);
    }

    @Test
    void overwritingForgetsWhatWasBefore() {
        for (int i = 1; i <= 3; i++) {
            publish(SHOP, "a", DocumentFormat.YAML, "a: " + i + "\n");
        }

        bring(Zips.of(files("a.yml", "a: 4\n")), ImportOptions.DEFAULT.with(ConflictChoice.OVERWRITE));

        assertThat(history("a").versions()).singleElement().satisfies(one -> assertThat(one.version()).isEqualTo(4));
    }

    private HistoryPage history(String item) {
        return releases.listVersions(EDITOR, new ItemKey(SHOP, new ItemName(item)), 100, null);
    }

    @Test
    void aPreviewChangesNothing() {
        publish(SHOP, "b", DocumentFormat.YAML, "a: 1\n");
        long before = local.revision();

        ImportReport report = bring(
                Zips.of(files("a.yml", "a: 1\n", "b.yml", "a: 2\n", "c.yml", "a: 1\n b: 2\n", "d.md", "")),
                ImportOptions.DEFAULT.asPreview());

        assertThat(local.revision()).isEqualTo(before);
        assertThat(report.preview()).isTrue();
        assertThat(outcomes(report)).containsExactly("a.yml CREATED", "b.yml CONFLICT", "c.yml MALFORMED",
                "d.md IGNORED");
        assertThat(report.items().get(2).flaw()).satisfies(flaw -> assertThat(flaw.line()).isEqualTo(2));
        assertThat(report.items().get(1).version()).isEqualTo(1);
    }

    @Test
    void importsNothingWhenSomethingIsMalformedUnlessTold() {
        byte[] archive = Zips.of(files("a.yml", "a: 1\n", "b.json", "{\n\"a\": }", "bad name.yml", "a: 1\n"));

        assertThatThrownBy(() -> bring(archive, ImportOptions.DEFAULT)).isInstanceOf(MalformedImportException.class)
                .satisfies(e -> assertThat(((MalformedImportException) e).report().count(Outcome.MALFORMED))
                        .isEqualTo(2));
        assertThat(state(SHOP)).isEmpty();

        bring(archive, ImportOptions.DEFAULT.skippingMalformed());
        assertThat(state(SHOP)).containsOnlyKeys("a");
    }

    @Test
    void anEmptyArchiveAndOneThatChangesNothingAreFine() {
        long before = local.revision();
        assertThat(bring(files()).items()).isEmpty();
        bring(files("a.yml", "a: 1\n"));
        assertThat(outcomes(bring(files("a.yml", "a: 1\n")))).containsExactly("a.yml UNCHANGED");
        assertThat(local.revision()).isEqualTo(before + 1);
    }

    @Test
    void goesOnCountingWhereAnItemWasDeleted() {
        publish(SHOP, "a", DocumentFormat.YAML, "a: 1\n");
        releases.delete(EDITOR, new ItemKey(SHOP, new ItemName("a")), 1L);

        assertThat(bring(files("a.yml", "a: 1\n")).items().getFirst().version()).isEqualTo(3);
    }

    @Test
    void makesAGitTreeOf2000FilesVisibleAtOneRevision() {
        Map<String, String> tree = gitTree(2000);
        List<String> phases = new ArrayList<>();

        ImportReport report = imports.run(EDITOR, SHOP, Zips.of(tree), ImportOptions.DEFAULT,
                (phase, done, total) -> phases.add(phase + " " + done + "/" + total));

        assertThat(report.source()).isEqualTo(ImportSource.FILES);
        assertThat(report.count(Outcome.CREATED)).isEqualTo(2000);
        assertThat(report.count(Outcome.IGNORED)).isEqualTo(3);
        Set<Long> revisions = new HashSet<>();
        state(SHOP).keySet().forEach(name -> revisions.add(release(name).entry().revision()));
        assertThat(revisions).containsExactly(report.revision());
        assertThat(phases).startsWith("READING 2000/2000").hasSizeGreaterThan(5);
        assertThat(phases.getLast()).matches("STORING (\\d+)/\\1");
        assertThat(release("team-7.service-7-production").content()).contains("name: service-7");
        assertNothingIsLeft();
    }

    /** A working tree as Spring Cloud Config serves it: shared files, folders of teams, applications with profiles. */
    static Map<String, String> gitTree(int files) {
        SplittableRandom random = new SplittableRandom(files);
        Map<String, String> tree = new LinkedHashMap<>();
        tree.put(".git/HEAD", "ref: refs/heads/main\n");
        tree.put(".git/objects/ab/cdef", "\u0001\u0002");
        tree.put("README.md", "# Configuration\n");
        tree.put("application.yml", "management:\n  endpoints:\n    enabled-by-default: true\n");
        tree.put("application-production.properties", "logging.level.root=warn\n");
        for (int i = 0; tree.size() < files + 3; i++) {
            String path = "team-" + i % 40 + "/service-" + i;
            String line = "# " + "x".repeat(random.nextInt(1500)) + "\n";
            tree.put(path + ".yml", line + "name: service-" + i + "\nport: " + (8000 + i) + "\n");
            if (tree.size() < files + 3) {
                tree.put(path + "-production.yml", line + "name: service-" + i + "\nprofile: production\n");
            }
        }
        return tree;
    }

    @Test
    void whoeverReadsMeanwhileSeesAllOrNothing() {
        List<Integer> seen = new ArrayList<>();

        imports.run(EDITOR, SHOP, Zips.of(gitTree(1500)), ImportOptions.DEFAULT,
                (phase, done, total) -> seen.add(state(SHOP).size()));

        assertThat(seen).containsOnly(0);
        assertThat(state(SHOP)).hasSize(1500);
    }

    @Test
    void nothingIsLeftWhenTheStoreFails() {
        ForwardingStore failing = new ForwardingStore(local.store) {
            @Override
            public CompletableFuture<TxnResult> commit(CommitParts command) {
                return CompletableFuture.failedFuture(new StoreUnavailableException(Duration.ofSeconds(1)));
            }
        };
        ConfigImports broken = imports(failing, new ConfigReleases(failing, local.clock, meters));

        assertThatThrownBy(() -> broken.run(EDITOR, SHOP, Zips.of(gitTree(1500)), ImportOptions.DEFAULT,
                (phase, done, total) -> {})).isInstanceOf(StoreUnavailableException.class);

        assertThat(state(SHOP)).isEmpty();
        assertNothingIsLeft();
    }

    private void assertNothingIsLeft() {
        assertThat(local.store.view().count(KeyRange.prefix("config/import/"))).isZero();
        assertThat(local.leases()).isZero();
    }

    @Test
    void decidesAnewWhenSomebodyElseIsFaster() {
        List<String> once = new ArrayList<>(List.of("once"));
        ForwardingStore racing = new ForwardingStore(local.store) {
            @Override
            public CompletableFuture<TxnResult> commit(CommitParts command) {
                if (!once.isEmpty()) {
                    once.clear();
                    publish(SHOP, "application", DocumentFormat.YAML, "mine: 1\n");
                }
                return super.commit(command);
            }
        };
        ConfigImports raced = imports(racing, new ConfigReleases(racing, local.clock, meters));

        ImportReport report = raced.run(EDITOR, SHOP, Zips.of(gitTree(1500)),
                ImportOptions.DEFAULT.with(ConflictChoice.SKIP), (phase, done, total) -> {});

        assertThat(report.count(Outcome.SKIPPED)).isEqualTo(1);
        assertThat(release("application").content()).isEqualTo("mine: 1\n");
        assertThat(state(SHOP)).hasSize(1500);
    }

    @Test
    void refusesMoreThanItTakes() {
        Map<String, String> many = new LinkedHashMap<>();
        for (int i = 0; i <= ImportLimits.MAX_ITEMS; i++) {
            many.put("f" + i + ".txt", "");
        }
        assertThatThrownBy(() -> bring(many)).isInstanceOf(UnusableArchiveException.class)
                .hasMessageContaining("more than 10000 items");

        Map<String, String> large = new LinkedHashMap<>();
        for (int i = 0; i < 33; i++) {
            large.put("f" + i + ".txt", "x".repeat(1024 * 1024));
        }
        assertThatThrownBy(() -> bring(large)).isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("33554432");
        assertThatThrownBy(() -> bring(files("f.txt", "x".repeat(1024 * 1024 + 1))))
                .isInstanceOf(UnusableArchiveException.class).hasMessageContaining("f.txt has 1048577 bytes");
        assertThat(state(SHOP)).isEmpty();
    }

    @Test
    void refusesOtherCharsetsByTheNameOfTheEntry() {
        ImportReport report = bring(Zips.of("a.properties", "gr\u00fcn=1".getBytes(StandardCharsets.ISO_8859_1)),
                ImportOptions.DEFAULT.asPreview());

        assertThat(report.items()).singleElement().satisfies(item -> {
            assertThat(item.entry()).isEqualTo("a.properties");
            assertThat(item.flaw()).isEqualTo(ImportFlaw.of("is not UTF-8", "text in UTF-8"));
        });
    }

    @Test
    void refusesTwoEntriesOfOneName() {
        ImportReport report = bring(Zips.of(files("a.yml", "a: 1", "a.properties", "a=1")),
                ImportOptions.DEFAULT.asPreview());

        assertThat(report.items().getLast().flaw()).isEqualTo(
                ImportFlaw.of("has the name of a.yml", "each item once"));
    }

    @Test
    void needsTheRoleEditorAndNoReview() {
        assertThatThrownBy(() -> imports.run(Callers.of(Role.READER), SHOP, Zips.of(files()), ImportOptions.DEFAULT,
                (phase, done, total) -> {})).isInstanceOf(ForbiddenException.class);
        new NamespaceRules(local.store).set(Callers.of(Role.ADMIN), SHOP, 0, new ReviewRules(true, 1, false, 0));

        assertThatThrownBy(() -> bring(files("a.yml", "a: 1"))).isInstanceOf(ReviewRequiredException.class);
        assertThat(bring(Zips.of(files("a.yml", "a: 1")), ImportOptions.DEFAULT.asPreview()).items()).hasSize(1);
    }

    @Test
    void copiesANamespace() {
        publish(OTHER, "a", DocumentFormat.YAML, "a: 1\n");
        publish(OTHER, "b", DocumentFormat.TOML, "b = 1\n");
        publish(SHOP, "c", DocumentFormat.TEXT, "stays");

        ImportReport report = imports.copy(EDITOR, OTHER, SHOP, ImportOptions.DEFAULT, (phase, done, total) -> {});

        assertThat(outcomes(report)).containsExactly("other/a CREATED", "other/b CREATED");
        assertThat(state(SHOP)).containsAllEntriesOf(state(OTHER)).containsKey("c").hasSize(3);
        assertThatThrownBy(() -> imports.copy(EDITOR, SHOP, SHOP, ImportOptions.DEFAULT, (phase, done, total) -> {}))
                .isInstanceOf(InvalidArgumentException.class);
    }

    @Test
    void copiesSecretsForThoseWhoMayReadThem() {
        publish(OTHER, "a", DocumentFormat.YAML, "p: \"{secret}hunter2\"\nq: 1\n");
        publish(OTHER, "b", DocumentFormat.XML, "<a>{secret}hunter3{/secret}</a>");
        publish(OTHER, "c", DocumentFormat.PROPERTIES, "p={secret} with blanks \\\\ \n");
        publish(OTHER, "d", DocumentFormat.JSON, "{\"p\": \"{secret}\\u00e4\\\"\"}");

        ImportReport made = copy(reader(OTHER, SHOP));

        assertThat(outcomes(made)).containsExactly("other/a CREATED", "other/b CREATED", "other/c CREATED",
                "other/d CREATED");
        assertThat(plain(SHOP)).isEqualTo(plain(OTHER)).hasToString(
                "{a=p: \"hunter2\"\nq: 1\n, b=<a>hunter3</a>, c=p=\\ with blanks \\\\ \n, d={\"p\": \"\\u00E4\\\"\"}}");
        assertThat(state(SHOP)).as("under another key").doesNotContainValue(state(OTHER).get("a"));
        assertThat(outcomes(copy(reader(OTHER, SHOP)))).allMatch(outcome -> outcome.endsWith(" UNCHANGED"));
        assertThatThrownBy(() -> copy(reader(OTHER)))
                .as("whether a secret is the same is told to those only who may read it")
                .isInstanceOf(ImportConflictException.class);
        publish(OTHER, "a", DocumentFormat.YAML, "p: \"{secret}hunter4\"\nq: 1\n");
        assertThat(outcomes(copy(reader(OTHER, SHOP), ConflictChoice.NEW_VERSION))).contains("other/a CHANGED",
                "other/b UNCHANGED");
        assertThat(plain(SHOP)).isEqualTo(plain(OTHER));
    }

    @Test
    void copiesNoSecretsForOthersAndNamesTheItem() {
        publish(OTHER, "open", DocumentFormat.YAML, "a: 1\n");
        publish(OTHER, "sealed", DocumentFormat.YAML, "p: \"{secret}hunter2\"\n");
        long before = local.revision();

        for (Caller caller : List.of(EDITOR, reader(SHOP))) {
            assertThatThrownBy(() -> copy(caller)).isInstanceOf(ForbiddenException.class)
                    .hasMessageContaining("item other/sealed").hasMessageNotContaining("hunter2");
            assertThatThrownBy(() -> imports.copy(caller, OTHER, SHOP, ImportOptions.DEFAULT.asPreview(),
                    (phase, done, total) -> {})).isInstanceOf(ForbiddenException.class);
        }

        assertThat(local.revision()).isEqualTo(before);
        assertThat(state(SHOP)).isEmpty();
    }

    private ImportReport copy(Caller caller) {
        return copy(caller, ConflictChoice.FAIL);
    }

    private ImportReport copy(Caller caller, ConflictChoice choice) {
        return imports.copy(caller, OTHER, SHOP, ImportOptions.DEFAULT.with(choice), (phase, done, total) -> {});
    }

    private static Caller reader(NamespaceName... secrets) {
        return new Caller("ann", Role.EDITOR, Caller.Means.TOKEN, "127.0.0.1", null,
                SecretsRight.of(Set.of(secrets)));
    }

    /** Returns the documents of a namespace with their secrets in the clear, by name. */
    private Map<String, String> plain(NamespaceName namespace) {
        ConfigSecrets secrets = new ConfigSecrets(vault);
        Map<String, String> plain = new TreeMap<>();
        ConfigView view = new ConfigView(local.store.view());
        view.itemKeys(namespace, null, 100).forEach(key -> plain.put(key.name().value(),
                secrets.show(view.getRelease(key), SecretForm.PLAIN).content()));
        return plain;
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 1500})
    void theEntryOfTheAuditLogComesWithTheImport(int files) {
        AuditedStore audited = new AuditedStore(local.store, audit);
        AuditContext.Act act = AuditContext.begin(EDITOR, "config.import", Map.of("namespace", "shop"), "r1");
        ImportReport report;
        try {
            report = imports(audited, new ConfigReleases(audited, local.clock, meters, vault)).run(EDITOR, SHOP,
                    Zips.of(gitTree(files)), ImportOptions.DEFAULT, (phase, done, total) -> {});
        } finally {
            AuditContext.end();
        }

        assertThat(act.isStored()).isTrue();
        assertThat(local.store.view().read(KeyRange.prefix(ENTRIES), 10).keys()).singleElement()
                .satisfies(entry -> assertThat(entry.modified().value()).isEqualTo(report.revision()));
    }

    @Test
    void anImportThatFailsLeavesNoEntryOfTheAuditLog() {
        ForwardingStore failing = new ForwardingStore(new AuditedStore(local.store, audit)) {
            @Override
            public CompletableFuture<TxnResult> commit(CommitParts command) {
                return CompletableFuture.failedFuture(new StoreUnavailableException(Duration.ofSeconds(1)));
            }
        };
        AuditContext.Act act = AuditContext.begin(EDITOR, "config.import", Map.of("namespace", "shop"), "r1");
        try {
            ConfigImports broken = imports(failing, new ConfigReleases(failing, local.clock, meters, vault));
            assertThatThrownBy(() -> broken.run(EDITOR, SHOP, Zips.of(gitTree(1500)), ImportOptions.DEFAULT,
                    (phase, done, total) -> {})).isInstanceOf(StoreUnavailableException.class);
        } finally {
            AuditContext.end();
        }

        assertThat(act.isStored()).isFalse();
        assertThat(local.store.view().count(KeyRange.prefix(ENTRIES))).isZero();
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void exportAndImportGiveAnEqualState(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = random.nextInt(60); i >= 0; i--) {
            DocumentFormat format = DocumentFormat.values()[random.nextInt(DocumentFormat.values().length)];
            String name = name(random);
            publish(OTHER, name, format, document(random, format));
            ItemKey key = new ItemKey(OTHER, new ItemName(name));
            notes.set(EDITOR, key, notes.get(EDITOR, key).number(), details(random));
        }

        byte[] archive = export(OTHER);
        ImportReport report = bring(archive, ImportOptions.DEFAULT);

        assertThat(report.source()).isEqualTo(ImportSource.ROSTER);
        assertThat(state(SHOP)).isEqualTo(state(OTHER));
        state(SHOP).keySet().forEach(name -> assertThat(said(SHOP, name)).as(name).isEqualTo(said(OTHER, name)));
        bring(archive, ImportOptions.DEFAULT);
        assertThat(ZipArchive.read(export(SHOP))).hasSameSizeAs(ZipArchive.read(archive));
        assertThat(export(OTHER)).isEqualTo(archive);
    }

    private final ItemNotes notes = new ItemNotes(local.store);

    private List<Object> said(NamespaceName namespace, String name) {
        ItemDetails details = notes.get(EDITOR, new ItemKey(namespace, new ItemName(name)));
        return Arrays.asList(details.labels(), details.owner(), details.description());
    }

    private static ItemDetails details(SplittableRandom random) {
        String text = List.of("yes", "a: b", "\"q\" \\ \n\t", "\ud83d\ude80 \u2028 \ufeff grün", "")
                .get(random.nextInt(5));
        return new ItemDetails(new TreeMap<>(random.nextBoolean() ? Map.of() : Map.of("a.b/c", text, "on", "1.0")),
                random.nextBoolean() ? null : text, random.nextBoolean() ? null : text, 0);
    }

    /** Names that other programs take for numbers, truth values or extensions, too. */
    private static String name(SplittableRandom random) {
        String[] words = {"a", "on", "1.0", "true", "null", "x.yaml", "A", "orders-prod", "0x1F", "1e3", "a.b-c_d"};
        return words[random.nextInt(words.length)] + (random.nextBoolean() ? "" : "-" + random.nextInt(100));
    }

    private static String document(SplittableRandom random, DocumentFormat format) {
        String word = List.of("x", "grün", "\ud83d\ude80", "a b").get(random.nextInt(4)) + random.nextInt(1000);
        return switch (format) {
            case YAML -> "key: \"" + word + "\"\r\n" + "# ä comment\n".repeat(random.nextInt(3));
            case PROPERTIES -> "key=" + word + "\n\n";
            case JSON -> "{\"key\": [\"" + word + "\"]}";
            case TOML -> "key = \"" + word + "\"\n";
            case XML -> "<a>" + word + "</a>";
            case TEXT -> "\ufeff" + word + "\r\n\u0000\t" + "x".repeat(random.nextInt(5000));
        };
    }

    @Test
    void anExportSaysWhatItIs() {
        assertThatThrownBy(() -> bring(files(".roster.yml", "version: 2\n")))
                .isInstanceOf(UnusableArchiveException.class).hasMessageContaining(".roster.yml is of another version");
        assertThatThrownBy(() -> bring(files(".roster.yml", "version: 1\nversion: 2\n")))
                .hasMessageContaining(".roster.yml is no YAML: line 2, column 1");
        assertThat(outcomes(bring(Zips.of(files("a.yaml", "a: 1", ".roster.yml",
                "version: 1\nitems:\n  - {file: b.yaml, name: b, format: yaml}\n")),
                ImportOptions.DEFAULT.asPreview())))
                .containsExactly("a.yaml MALFORMED", ".roster.yml IGNORED", "b.yaml MALFORMED");
        assertThat(outcomes(bring(Zips.of(files("a.yaml", "a: 1", ".roster.yml",
                "version: 1\nitems:\n  - {file: a.yaml, name: a, format: cobol}\n")),
                ImportOptions.DEFAULT.asPreview())))
                .containsExactly("a.yaml MALFORMED", ".roster.yml IGNORED");
    }
}
