package dev.roster.server.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SecretsRightTest {
    private static final NamespaceName A = new NamespaceName("a");
    private static final NamespaceName B = new NamespaceName("b");
    private static final SecretsRight OF_A = SecretsRight.of(Set.of(A));
    private static final SecretsRight OF_BOTH = SecretsRight.of(Set.of(A, B));

    @Test
    void isOfAllNamespacesOrOfSome() {
        assertThat(SecretsRight.EVERYWHERE.includes(B)).isTrue();
        assertThat(OF_A.includes(A)).isTrue();
        assertThat(OF_A.includes(B)).isFalse();
        assertThat(SecretsRight.NONE.includes(A)).isFalse();
        assertThat(SecretsRight.NONE.isNone()).isTrue();
        assertThat(SecretsRight.of(Set.of())).isEqualTo(SecretsRight.NONE);
    }

    @Test
    void includesWhatSaysLess() {
        assertThat(SecretsRight.EVERYWHERE.includes(OF_BOTH)).isTrue();
        assertThat(OF_BOTH.includes(OF_A)).isTrue();
        assertThat(OF_A.includes(OF_BOTH)).isFalse();
        assertThat(OF_BOTH.includes(SecretsRight.EVERYWHERE)).isFalse();
        assertThat(SecretsRight.NONE.includes(SecretsRight.NONE)).isTrue();
    }

    @Test
    void twoTogetherAreWhatBothSay() {
        assertThat(OF_BOTH.within(OF_A)).isEqualTo(OF_A);
        assertThat(OF_A.within(SecretsRight.EVERYWHERE)).isEqualTo(OF_A);
        assertThat(SecretsRight.EVERYWHERE.within(OF_A)).isEqualTo(OF_A);
        assertThat(SecretsRight.EVERYWHERE.within(SecretsRight.EVERYWHERE)).isEqualTo(SecretsRight.EVERYWHERE);
        assertThat(OF_BOTH.within(SecretsRight.NONE)).isEqualTo(SecretsRight.NONE);
    }

    @Test
    void refusesBothTogetherAndTooMany() {
        assertThatThrownBy(() -> new SecretsRight(true, new TreeSet<>(Set.of(A)))).isInstanceOfSatisfying(
                InvalidArgumentException.class, e -> assertThat(e.field()).isEqualTo("secretNamespaces"));
        Set<NamespaceName> many = IntStream.rangeClosed(0, SecretsRight.MAX_NAMESPACES)
                .mapToObj(i -> new NamespaceName("n" + i)).collect(Collectors.toSet());
        assertThatThrownBy(() -> SecretsRight.of(many)).isInstanceOf(InvalidArgumentException.class);
    }
}
