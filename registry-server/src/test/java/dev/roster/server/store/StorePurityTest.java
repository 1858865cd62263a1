package dev.roster.server.store;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/**
 * The store is a pure function of the log: equal commands give equal bytes on every replica. So it asks nothing of the
 * machine it runs on. What is handed in is allowed: an {@code Executor} to run on, an {@code InstantSource} for the time of
 * log entries, {@code DataInput} and {@code DataOutput} for images; and futures, which run nothing by themselves.
 */
class StorePurityTest {
    private static final JavaClasses STORE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.roster.server.store");
    private static final String[] PURE = {"dev.roster.server.store", "dev.roster.server.store.codec"};

    private static final DescribedPredicate<JavaCall<?>> ASKS_FOR_THE_TIME = describe("reads a clock",
            call -> calls(call, System.class, "currentTimeMillis|nanoTime") || calls(call, Clock.class, ".*")
                    || inPackage(call, "java.time") && call.getTarget().getName().equals("now"));

    private static final DescribedPredicate<JavaCall<?>> THROWS_DICE = describe("draws a random",
            call -> call.getTargetOwner().isAssignableTo(RandomGenerator.class) || calls(call, Math.class, "random")
                    || calls(call, UUID.class, "randomUUID") || calls(call, System.class, "identityHashCode")
                    || calls(call, Object.class, "hashCode"));

    private static final DescribedPredicate<JavaCall<?>> STARTS_SOMETHING = describe("starts a thread or a timer",
            call -> calls(call, Thread.class,
                    "<init>|start|startVirtualThread|ofVirtual|ofPlatform|sleep|onSpinWait|yield")
                    || calls(call, Executors.class, ".*") || call.getTarget().getName().equals("parallelStream")
                    || calls(call, CompletableFuture.class, "orTimeout|completeOnTimeout|delayedExecutor")
                    || calls(call, CompletableFuture.class, ".*Async") && !handsAnExecutorOver(call));

    private static boolean handsAnExecutorOver(JavaCall<?> call) {
        return call.getTarget().getRawParameterTypes().stream()
                .anyMatch(type -> type.getName().equals("java.util.concurrent.Executor"));
    }

    private static boolean calls(JavaCall<?> call, Class<?> type, String names) {
        return call.getTargetOwner().isEquivalentTo(type) && call.getTarget().getName().matches(names);
    }

    private static boolean inPackage(JavaCall<?> call, String name) {
        return call.getTargetOwner().getPackageName().equals(name);
    }

    private static ArchRule never(DescribedPredicate<JavaCall<?>> forbidden, String reason) {
        return noClasses().that().resideInAnyPackage(PURE).should().callCodeUnitWhere(forbidden).because(reason);
    }

    @Test
    void readsNoClock() {
        never(ASKS_FOR_THE_TIME, "time comes with the log entry, or replicas would disagree about it").check(STORE);
    }

    @Test
    void drawsNoRandom() {
        never(THROWS_DICE, "ids are chosen by the proposer; a replica that draws its own is another replica")
                .check(STORE);
    }

    @Test
    void startsNothing() {
        never(STARTS_SOMETHING, "the engine owns the thread that applies; a second one would be a second order")
                .check(STORE);
    }

    @Test
    void touchesNoFilesAndNoNetwork() {
        DescribedPredicate<JavaClass> io = describe("files, channels, sockets, processes or consoles",
                type -> type.getPackageName().matches("java\\.(net|nio\\.(file|channels)).*")
                        || type.getPackageName().equals("java.io") && !type.getSimpleName()
                                .matches(
                                        "DataInput|DataOutput|IOException|EOFException|UncheckedIOException|Serializable")
                        || type.isEquivalentTo(ProcessBuilder.class) || type.isEquivalentTo(Runtime.class));
        noClasses().that().resideInAnyPackage(PURE).should().dependOnClassesThat(io)
                .because("what a replica holds must not depend on what its machine allows; the engine reads and writes")
                .check(STORE);
    }

    @Test
    void changesStateOnlyWhileACommandIsApplied() {
        DescribedPredicate<JavaCall<?>> changes = describe("changes the state of a replica",
                call -> changes(call, "KeyIndex", "add|remove") || changes(call, "KeyChain", "add")
                        || changes(call, "LeaseTable", "add|remove")
                        || changes(call, "LeaseTable$Holding", "attach|detach")
                        || changes(call, "History", "add|drop")
                        || changes(call, "Contents", "publish|compact|keepWithinLimits|prune"));
        // These run inside StateMachine.apply, or build a state that nobody sees before it is whole.
        noClasses().that().resideInAPackage("dev.roster.server.store..").and().doNotHaveSimpleName("KeySpace").and()
                .doNotHaveSimpleName("RevisionWriter").and().doNotHaveSimpleName("Contents").and()
                .doNotHaveSimpleName("KeySpaceImageReader").and().doNotHaveSimpleName("Loader").should()
                .callCodeUnitWhere(changes)
                .because("a change outside the log is a change that the other replicas do not make").check(STORE);
    }

    private static boolean changes(JavaCall<?> call, String type, String names) {
        return call.getTargetOwner().getName().equals("dev.roster.server.store." + type)
                && call.getTarget().getName().matches(names);
    }

    /** Does everything that the store must not do. */
    private static final class Impure {
        static Object impure() throws Exception {
            Thread.ofVirtual().start(() -> {});
            CompletableFuture.runAsync(() -> {});
            return Instant.now().toString() + System.nanoTime() + UUID.randomUUID() + new Random().nextInt()
                    + new SplittableRandom().nextInt() + ThreadLocalRandom.current().nextInt()
                    + Clock.systemUTC().instant() + Executors.newCachedThreadPool();
        }
    }

    @Test
    void findsWhatItForbids() {
        JavaClasses impure = new ClassFileImporter().importClasses(Impure.class);

        for (DescribedPredicate<JavaCall<?>> forbidden : List.of(ASKS_FOR_THE_TIME, THROWS_DICE, STARTS_SOMETHING)) {
            assertThatThrownBy(() -> never(forbidden, "it must be found").check(impure))
                    .isInstanceOf(AssertionError.class).hasMessageContaining(forbidden.getDescription());
        }
    }
}
