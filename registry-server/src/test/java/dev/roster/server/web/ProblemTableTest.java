package dev.roster.server.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.roster.server.security.AccessException;
import dev.roster.server.security.Role;
import dev.roster.server.security.TokenId;
import dev.roster.server.security.UserName;
import dev.roster.server.store.Key;
import dev.roster.server.store.LeaseId;
import dev.roster.server.store.Revision;
import dev.roster.server.store.StoreException;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ProblemTableTest {
    private final ProblemTable table = new ProblemTable(List.of(new StoreProblems(), new AccessProblems()));

    @ParameterizedTest
    @MethodSource("permitted")
    void knowsEveryExceptionOfEveryFamily(Class<? extends Exception> type) throws ReflectiveOperationException {
        Exception exception = instance(type);

        ProblemReport report = table.find(exception).orElseThrow();

        assertThat(report.kind()).isNotEqualTo(ProblemKind.INTERNAL_ERROR);
        assertThat(report.detail()).isNotBlank().doesNotContain("Exception", "dev.roster");
        if (report.kind().status() == 503 || report.kind().status() == 429) {
            assertThat(report.retryAfter()).isNotNull();
        }
    }

    static Stream<Class<?>> permitted() {
        return Stream.of(StoreException.class, AccessException.class)
                .flatMap(family -> Arrays.stream(family.getPermittedSubclasses()));
    }

    @Test
    void looksIntoWhatAFutureFailedWith() {
        Throwable wrapped = new CompletionException(new ProblemException(ProblemReport.of(ProblemKind.CONFLICT, "x")));

        assertThat(table.find(wrapped)).map(ProblemReport::kind).hasValue(ProblemKind.CONFLICT);
    }

    @Test
    void doesNotGuess() {
        assertThat(table.find(new IllegalArgumentException("x"))).isEmpty();
    }

    @Test
    void refusesTwoMappingsOfOneFamily() {
        assertThatIllegalStateException()
                .isThrownBy(() -> new ProblemTable(List.of(new StoreProblems(), new StoreProblems())));
    }

    @Test
    void cutsLongValues() {
        ProblemReport report = ProblemReport.invalidArgument("field", "x".repeat(1000), "less");

        assertThat(report.violations().getFirst().value()).hasSize(100).endsWith("…");
    }

    private static Exception instance(Class<? extends Exception> type) throws ReflectiveOperationException {
        Constructor<?> constructor = type.getConstructors()[0];
        Object[] arguments = Arrays.stream(constructor.getParameterTypes()).map(ProblemTableTest::argument).toArray();
        return (Exception) constructor.newInstance(arguments);
    }

    private static Object argument(Class<?> type) {
        return Stream.<Object>of("text", Role.READER, new UserName("eve"), new TokenId("0123456789abcdef"),
                Duration.ofSeconds(1), new Revision(7), new LeaseId(7), Key.of("k"), 7L)
                .filter(MethodType.methodType(type).wrap().returnType()::isInstance).findFirst()
                .orElseThrow(() -> new AssertionError("no example of " + type));
    }
}
