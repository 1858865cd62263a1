package dev.roster.server.registry.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.server.registry.InstanceId;
import dev.roster.server.registry.InstanceKey;
import dev.roster.server.registry.ServiceKey;
import dev.roster.server.registry.ServiceName;
import dev.roster.server.security.NamespaceName;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AssignmentTest {
    private static final List<InstanceKey> INSTANCES = IntStream.range(0, 30_000)
            .mapToObj(i -> new InstanceKey(new ServiceKey(NamespaceName.DEFAULT, new ServiceName("s" + i / 20)),
                    new InstanceId("10.0.0." + i % 256 + ":" + i)))
            .toList();

    @Test
    void sharesEvenly() {
        Assignment three = new Assignment(Set.of("member-1", "member-2", "member-3"));

        Map<String, Long> shares = INSTANCES.stream()
                .collect(Collectors.groupingBy(i -> three.judge(i).orElseThrow(), Collectors.counting()));

        assertThat(shares).hasSize(3);
        assertThat(shares.values()).allSatisfy(share -> assertThat(share).isBetween(9_700L, 10_300L));
    }

    @Test
    void movesOnlyTheShareOfTheMemberThatIsGone() {
        Assignment three = new Assignment(Set.of("member-1", "member-2", "member-3"));
        Assignment two = new Assignment(Set.of("member-1", "member-3"));

        assertThat(INSTANCES).allSatisfy(instance -> {
            String before = three.judge(instance).orElseThrow();
            String after = two.judge(instance).orElseThrow();
            assertThat(after.equals(before) || before.equals("member-2")).isTrue();
        });
    }

    @Test
    void neverChangesItsMind() {
        Assignment three = new Assignment(Set.of("member-1", "member-2", "member-3"));

        assertThat(IntStream.range(0, 8).mapToObj(i -> three.judge(INSTANCES.get(i)).orElseThrow()))
                .as("members of different versions have to agree").containsExactly("member-2", "member-2", "member-1",
                        "member-3", "member-2", "member-1", "member-2", "member-3");
        assertThat(new Assignment(Set.of()).judge(INSTANCES.getFirst())).isEmpty();
        assertThat(new Assignment(Set.of()).isOf("member-1", INSTANCES.getFirst())).isFalse();
    }
}
