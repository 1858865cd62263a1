package dev.roster.server;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_FIELD_INJECTION;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Who may know whom in the server, and why. What the store itself must not do is in {@code store.StorePurityTest}. A package
 * that is not there yet keeps every rule.
 */
class ArchitectureTest {
    private static final String ROOT = "dev.roster.server";
    private static final JavaClasses SERVER = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS).importPackages(ROOT);

    /** What any package may use. */
    private static final List<String> PLATFORM = List.of("java..", "javax.crypto..", "org.jspecify..", "org.slf4j..");

    private static final List<String> FEATURES = List.of("kv", "registry", "config", "coordination");

    private static String in(String part) {
        return ROOT + "." + part;
    }

    private static String[] platformAnd(String... packages) {
        return Stream.concat(PLATFORM.stream(), Stream.of(packages)).toArray(String[]::new);
    }

    private static void check(ArchRule rule) {
        rule.allowEmptyShould(true).check(SERVER);
    }

    @Test
    void theStoreUsesNothing() {
        check(classes().that().resideInAPackage(in("store")).should().onlyDependOnClassesThat()
                .resideInAnyPackage(platformAnd(in("store")))
                .because("the core must be a pure function that every engine can drive and every test can build"));
    }

    @Test
    void theCodecKnowsTheStoreAlone() {
        check(classes().that().resideInAPackage(in("store.codec")).should().onlyDependOnClassesThat()
                .resideInAnyPackage(platformAnd(in("store"), in("store.codec")))
                .because("bytes of the log outlive libraries, so no library has a say in them"));
    }

    @Test
    void theEngineKnowsTheStoreAndAtomix() {
        check(classes().that().resideInAPackage(in("store.raft..")).should().onlyDependOnClassesThat()
                .resideInAnyPackage(platformAnd(in("store"), in("store.codec"), in("store.raft.."), "io.atomix..",
                        "io.netty.channel..", "io.micrometer.core.."))
                .because("the engine is replaceable as long as it knows nothing of what is replicated"));
    }

    @Test
    void onlyTheEngineKnowsAtomix() {
        check(noClasses().that().resideOutsideOfPackage(in("store.raft..")).should().dependOnClassesThat()
                .resideInAPackage("io.atomix..")
                .because(
                        "Atomix is unsafe as it is published: what it promises is only true behind the guards of the engine"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"security", "cluster"})
    void whatFeaturesStandOnKnowsThePublicStoreAlone(String part) {
        check(classes().that().resideInAPackage(in(part + "..")).should().onlyDependOnClassesThat()
                .resideInAnyPackage(platformAnd(in(part + ".."), in("store"), "io.micrometer.core.."))
                .because("access and readiness are decided below every feature and every edge"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"kv", "registry", "config", "coordination"})
    void featuresKnowTheStoreAndSecurityButNotOneAnother(String part) {
        check(classes().that().resideInAPackage(in(part + "..")).and()
                .resideOutsideOfPackages(in("config.format"), in("config.check"), in("registry.check"))
                .should().onlyDependOnClassesThat()
                .resideInAnyPackage(
                        platformAnd(in(part + ".."), in("store"), in("security"), "io.micrometer.core.."))
                .because("features change for different reasons; what two of them share is said in the store"));
    }

    @Test
    void onlyTheFormatsOfConfigurationKnowParsers() {
        check(classes().that().resideInAPackage(in("config.format")).should().onlyDependOnClassesThat()
                .resideInAnyPackage(platformAnd(in("config.format"), "org.yaml.snakeyaml..", "tools.jackson.core..",
                        "javax.xml.stream.."))
                .because("what a document may contain is a question of its own, and parsers come and go"));
    }

    @Test
    void onlyTheChecksOfConfigurationKnowSchemas() {
        check(classes().that().resideInAPackage(in("config.check")).should().onlyDependOnClassesThat()
                .resideInAnyPackage(platformAnd(in("config.check"), in("config.format"), in("store"), in("security"),
                        "com.networknt.schema..", "tools.jackson.databind.."))
                .because("how documents are validated is a question of its own, and validators come and go"));
    }

    @Test
    void onlyChecksKnowHowInstancesAreCalled() {
        check(classes().that().resideInAPackage(in("registry.check")).should().onlyDependOnClassesThat()
                .resideInAnyPackage(platformAnd(in("registry"), in("registry.check"), in("store"), in("security"),
                        "io.micrometer.core..", "javax.net.ssl..", "io.grpc..", "io.netty.channel..",
                        "io.netty.handler.ssl.."))
                .because("a check speaks the protocol of the instance, which is no business of the registry"));
    }

    @Test
    void theFeedJoinsFeaturesAndKnowsNoHttp() {
        check(classes().that().resideInAPackage(in("feed")).should().onlyDependOnClassesThat()
                .resideInAnyPackage(platformAnd(in("feed"), in("store"), in("security"), in("registry"), in("config"),
                        in("config.gray")))
                .because("one stream tells changes of services and configuration, and edges must not know the store"));
    }

    @Test
    void subscribersJoinTheRegistryWithTheClusterAndKnowNoHttp() {
        check(classes().that().resideInAPackage(in("subscriber")).should().onlyDependOnClassesThat()
                .resideInAnyPackage(platformAnd(in("subscriber"), in("store"), in("security"), in("registry"),
                        in("cluster"), "io.micrometer.core.."))
                .because("who follows a service is known by all members together, which features must not know"));
    }

    @Test
    void theWebKnowsOfTheStoreOnlyWhyItRefused() {
        DescribedPredicate<JavaClass> facts = describe("refusals of the store and what they carry",
                type -> type.getPackageName().equals(in("store")) && (type.isAssignableTo(RuntimeException.class)
                        || Set.of("Revision", "LeaseId").contains(type.getSimpleName())));
        check(classes().that().resideInAPackage(in("web..")).should()
                .onlyDependOnClassesThat(
                        resideInAnyPackage(platformAnd(in("web.."), in("security.."), "dev.roster.api..",
                                "org.springframework..", "jakarta.servlet..", "com.github.benmanes.caffeine..",
                                "tools.jackson..",
                                "com.fasterxml.jackson.annotation..",
                                "io.micrometer.core..")).or(facts)
                                .or(describe("exceptions of features",
                                        type -> FEATURES.contains(featureOf(type))
                                                && type.isAssignableTo(Exception.class))))
                .because("shared plumbing that knew a feature would have to change with it"));
    }

    private static String featureOf(JavaClass type) {
        String name = type.getPackageName();
        return name.startsWith(ROOT + ".") ? name.substring(ROOT.length() + 1).split("\\.")[0] : "";
    }

    @Test
    void edgesDoNotKnowTheStore() {
        check(noClasses().that().resideInAnyPackage(in("api.."), in("protocol..")).should().dependOnClassesThat()
                .resideInAPackage(in("store.."))
                .because("an edge that wrote keys would go around access checks, limits and audit"));
    }

    @Test
    void edgesDoNotKnowOneAnother() {
        check(slices().matching(ROOT + ".api.(*)..").should().notDependOnEachOther()
                .ignoreDependency(DescribedPredicate.alwaysTrue(), resideInAPackage(in("api.wire")))
                .because("each feature's requests and responses change with it; only how records are made is shared"));
        check(slices().matching(ROOT + ".protocol.(*)..").should().notDependOnEachOther()
                .because("each facade stands alone and can be switched off"));
        check(noClasses().that().resideInAPackage(in("api..")).should().dependOnClassesThat()
                .resideInAPackage(in("protocol..")).because("the native API owes nothing to rivals"));
        check(noClasses().that().resideInAPackage(in("protocol..")).should().dependOnClassesThat()
                .resideInAPackage(in("api.."))
                .because("a facade speaks for the features, not through the native API"));
    }

    @Test
    void nobodyKnowsTheCompositionRoot() {
        check(noClasses().that().resideOutsideOfPackage(in("boot..")).should().dependOnClassesThat()
                .resideInAPackage(in("boot.."))
                .because("it puts the others together: whoever asks it for something hides what it needs"));
    }

    @Test
    void onlyEdgesKnowHttp() {
        check(noClasses().that(not(resideInAnyPackage(in("web.."), in("api.."), in("protocol..")))).should()
                .dependOnClassesThat().resideInAnyPackage("org.springframework.web..", "org.springframework.http..")
                .because("what the server does is the same through every protocol"));
    }

    @Test
    void belowTheEdgesNobodyKnowsSpring() {
        check(noClasses()
                .that(not(resideInAnyPackage(in("web.."), in("api.."), in("protocol.."), in("boot.."))))
                .should().dependOnClassesThat().resideInAPackage("org.springframework..")
                .because("core and features are plain objects, made by the composition root and by tests alike"));
    }

    @Test
    void packagesFormNoCycles() {
        check(slices().matching(ROOT + ".(**)").should().beFreeOfCycles()
                .because("packages of a cycle can only be understood, tested and changed together"));
    }

    @Test
    void everyPackageIsNullMarked() {
        List<String> unmarked = new ArrayList<>();
        SERVER.getPackage(ROOT).traversePackageTree(_ -> true, (JavaPackage found) -> {
            if (!found.getClasses().isEmpty() && !found.isAnnotatedWith(NullMarked.class)) {
                unmarked.add(found.getName());
            }
        });

        assertThat(unmarked).as("packages without @NullMarked in their package-info, which is not inherited").isEmpty();
    }

    @Test
    void nothingIsInjectedIntoFields() {
        check(NO_CLASSES_SHOULD_USE_FIELD_INJECTION
                .because("an object that is made without what it needs is wrong until somebody else repairs it"));
    }

    @Test
    void namesSayWhatAClassIs() {
        check(noClasses().should().haveSimpleNameEndingWith("Utils").orShould().haveSimpleNameEndingWith("Util")
                .orShould()
                .haveSimpleNameEndingWith("Helper").orShould().haveSimpleNameEndingWith("Constants").orShould()
                .haveSimpleNameEndingWith("Manager").orShould().haveSimpleNameEndingWith("Misc")
                .because("such a name has room for anything, and is given when nobody knew what belongs together"));
    }
}
