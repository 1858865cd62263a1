package dev.roster.server.api.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.server.config.ItemKey;
import dev.roster.server.config.ItemName;
import dev.roster.server.config.ItemStatus;
import dev.roster.server.feed.Change;
import dev.roster.server.feed.Subscription;
import dev.roster.server.fixture.MovableClock;
import dev.roster.server.registry.InstanceEvent;
import dev.roster.server.registry.InstanceId;
import dev.roster.server.registry.InstanceKey;
import dev.roster.server.registry.ServiceKey;
import dev.roster.server.registry.ServiceName;
import dev.roster.server.security.NamespaceName;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** Changes of configuration, which a stream holds for a moment when there are thousands of streams. */
class HeldChangesTest {
    private static final int MANY = Spread.AT_ONCE + 500;
    private static final WatchLimits LIMITS = new WatchLimits(2 * MANY, MANY, 3, 10_000, 1000, Duration.ofSeconds(8),
            Duration.ofSeconds(2), Duration.ofHours(1));

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final ManualTicker ticker = new ManualTicker();
    private final WatchStreams streams = new WatchStreams(LIMITS,
            EncoderFixture.encoder(JsonMapper.builder().build()), new MovableClock(), ticker, new SplittableRandom(1),
            meters);
    private final FakeConnection connection = new FakeConnection();

    /** Keeps what is to be done later until a test does it. */
    private static final class ManualTicker extends ScheduledThreadPoolExecutor {
        private final List<Runnable> waiting = new ArrayList<>();
        private boolean refusing;

        ManualTicker() {
            super(0);
        }

        @Override
        public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
            if (refusing) {
                throw new RejectedExecutionException("stopped");
            }
            waiting.add(task);
            return super.schedule(() -> {}, 1, TimeUnit.DAYS);
        }

        void runAll() {
            List<Runnable> due = List.copyOf(waiting);
            waiting.clear();
            due.forEach(Runnable::run);
        }
    }

    @AfterEach
    void stop() {
        ticker.shutdownNow();
    }

    @Test
    void fewAreToldAtOnce() throws IOException {
        WatchStream stream = connected();

        stream.onChange(items(5, "a"));

        assertThat(told()).containsExactly("5");
        assertThat(ticker.waiting).isEmpty();
        assertThat(window()).isZero();
    }

    @Test
    void oneOfThousandsIsToldLater() throws IOException {
        WatchStream stream = oneOfMany();

        stream.onChange(items(5, "a"));
        assertThat(told()).isEmpty();
        assertThat(ticker.waiting).hasSize(1);
        assertThat(window()).isEqualTo(0.1002);

        ticker.runAll();
        assertThat(told()).containsExactly("5");
    }

    @Test
    void onlyTheLastOfSeveralChangesIsTold() throws IOException {
        WatchStream stream = oneOfMany();

        stream.onChange(items(5, "a"));
        stream.onChange(items(6, "b"));
        stream.onChange(items(7, "a"));
        stream.onChange(items(8, "a", "c"));
        assertThat(ticker.waiting).as("they wait together").hasSize(1);
        ticker.runAll();

        assertThat(told()).containsExactly("6", "8");
        assertThat(meters.get("roster.watch.coalesced").counter().count()).isEqualTo(2);
    }

    @Test
    void aChangeOfSeveralItemsStaysWhole() throws IOException {
        WatchStream stream = oneOfMany();

        stream.onChange(items(5, "a", "b"));
        stream.onChange(items(6, "a"));
        ticker.runAll();

        assertThat(told()).containsExactly("5", "6");
    }

    @Test
    void instancesDoNotWaitAndKeepTheOrder() throws IOException {
        WatchStream stream = oneOfMany();

        stream.onChange(items(5, "a"));
        stream.onChange(instance(6));
        assertThat(told()).containsExactly("5", "6");

        stream.onChange(items(7, "a"));
        assertThat(told()).as("held anew").containsExactly("5", "6");
        ticker.runAll();
        assertThat(told()).containsExactly("5", "6", "7");
    }

    @Test
    void progressDoesNotOvertakeWhatIsHeld() throws IOException {
        WatchStream stream = oneOfMany();
        stream.sayHowFar();

        stream.onChange(items(5, "a"));
        stream.onProgress(9);
        ticker.runAll();

        assertThat(told()).containsExactly("5");
    }

    @Test
    void aReaderThatDoesNotKeepUpGetsTheLastStateOnly() throws IOException {
        WatchStream stream = connected();
        connection.ready(false);

        for (int revision = 1; revision <= 10 * LIMITS.maxPendingEvents(); revision++) {
            stream.onChange(items(revision, "a"));
        }
        connection.ready(true);

        assertThat(told()).containsExactly(Integer.toString(10 * LIMITS.maxPendingEvents()));
        assertThat(meters.get("roster.watch.dropped").counter().count()).isZero();
    }

    @Test
    void whatIsHeldEndsWithItsStream() throws IOException {
        WatchStream stream = oneOfMany();
        stream.onChange(items(5, "a"));

        stream.end();
        ticker.runAll();

        assertThat(told()).isEmpty();
        assertThat(connection.completions).hasValue(1);
    }

    @Test
    void aStreamEndsWhenNothingCanBeDoneLaterAnyMore() throws IOException {
        WatchStream stream = oneOfMany();
        ticker.refusing = true;

        stream.onChange(items(5, "a"));

        assertThat(told()).isEmpty();
        assertThat(connection.completions).hasValue(1);
    }

    private WatchStream oneOfMany() throws IOException {
        for (int i = 0; i < MANY; i++) {
            streams.open("reader-" + i, EncoderFixture.READER);
        }
        return connected();
    }

    private WatchStream connected() throws IOException {
        WatchStream stream = streams.open("ann", EncoderFixture.READER);
        stream.follow(new Subscription() {
            @Override
            public void requestProgress() {}

            @Override
            public void close() {}
        });
        connection.connect(stream);
        connection.ready(true);
        return stream;
    }

    private static Change items(long revision, String... names) {
        return new Change(revision, List.of(), List.of(), Stream.of(names)
                .map(name -> new ItemStatus(new ItemKey(NamespaceName.DEFAULT, new ItemName(name)), null)).toList());
    }

    private static Change instance(long revision) {
        InstanceKey key = new InstanceKey(new ServiceKey(NamespaceName.DEFAULT, new ServiceName("s")),
                new InstanceId("i"));
        return new Change(revision, List.of(), List.of(new InstanceEvent(key, null)), List.of());
    }

    private List<String> told() {
        return Pattern.compile("(?m)^id: (\\d+)$").matcher(connection.received()).results().map(one -> one.group(1))
                .toList();
    }

    private double window() {
        return meters.get("roster.watch.spread").gauge().value();
    }
}
