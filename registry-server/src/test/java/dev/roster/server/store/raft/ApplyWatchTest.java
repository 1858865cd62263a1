package dev.roster.server.store.raft;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class ApplyWatchTest {

    private static final StackTraceElement[] APPLYING = {
            new StackTraceElement("dev.roster.server.store.KeySpace", "put", "KeySpace.java", 7),
            new StackTraceElement(StoreService.class.getName(), "apply", "StoreService.java", 70)};
    private static final StackTraceElement[] IDLE = {
            new StackTraceElement("java.lang.Thread", "sleep", "Thread.java", 1)};

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private long committed;
    private long applied;
    private long nanos;
    private final ApplyWatch watch = new ApplyWatch(() -> committed, () -> applied, () -> nanos,
            () -> Map.of(Thread.ofPlatform().name("applies").unstarted(() -> {}), APPLYING,
                    Thread.ofPlatform().name("waits").unstarted(() -> {}), IDLE),
            meters);

    @Test
    void isContentWhileThereIsNothingToApply() {
        lookAfter(ApplyWatch.STUCK_AFTER.multipliedBy(3));

        assertThat(watch.isStuck()).isFalse();
    }

    @Test
    void isContentWhileEntriesAreApplied() {
        committed = 1000;
        for (int i = 0; i < 10; i++) {
            applied++;
            lookAfter(ApplyWatch.STUCK_AFTER.dividedBy(2));
        }

        assertThat(watch.isStuck()).isFalse();
    }

    @Test
    void tellsThatNothingIsAppliedAndWhatTheThreadIsAt(CapturedOutput output) {
        applied = 41;
        committed = 42;
        lookAfter(Duration.ZERO);
        lookAfter(ApplyWatch.STUCK_AFTER.minusMillis(1));
        assertThat(watch.isStuck()).isFalse();

        lookAfter(Duration.ofMillis(1));

        assertThat(watch.isStuck()).isTrue();
        assertThat(meters.get("roster.store.apply.stuck").gauge().value()).isEqualTo(1);
        assertThat(output)
                .contains("Entry 42 has not been applied for 30 s", "applies", "KeySpace.put(KeySpace.java:7)")
                .doesNotContain("waits");
    }

    @Test
    void isContentAgainWhenItGoesOn() {
        committed = 1;
        lookAfter(ApplyWatch.STUCK_AFTER);
        assertThat(watch.isStuck()).isTrue();

        applied = 1;
        lookAfter(Duration.ZERO);

        assertThat(watch.isStuck()).isFalse();
        assertThat(meters.get("roster.store.apply.stuck").gauge().value()).isZero();
    }

    private void lookAfter(Duration passed) {
        nanos += passed.toNanos();
        watch.look();
    }
}
