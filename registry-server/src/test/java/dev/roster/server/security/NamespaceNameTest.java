package dev.roster.server.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamespaceNameTest {

    @ParameterizedTest
    @ValueSource(strings = {"default", "a", "0", "team-1", "a--b"})
    void takesNamesThatFitIntoDns(String name) {
        assertThat(new NamespaceName(name)).hasToString(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Default", "-a", "a-", "a.b", "a_b", "a b", "ä", "a/b", "a\n"})
    void refusesOthersNamingTheField(String name) {
        assertThatExceptionOfType(InvalidArgumentException.class).isThrownBy(() -> new NamespaceName(name))
                .satisfies(e -> assertThat(e.field()).isEqualTo("namespace"))
                .satisfies(e -> assertThat(e.value()).isEqualTo(name));
    }

    @Test
    void takesUpTo63Characters() {
        assertThat(new NamespaceName("a".repeat(63)).value()).hasSize(63);
        assertThatExceptionOfType(InvalidArgumentException.class).isThrownBy(() -> new NamespaceName("a".repeat(64)));
    }
}
