package dev.roster.server.api.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roster.server.feed.Subscription;
import dev.roster.server.fixture.MovableClock;
import dev.roster.server.web.ProblemException;
import dev.roster.server.web.ProblemKind;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class WatchStreamTest {
    private static final WatchLimits LIMITS = new WatchLimits(2, 1, 3, 100, 1000, Duration.ofSeconds(8),
            Duration.ofSeconds(2), Duration.ofHours(1));

    private final MovableClock clock = new MovableClock();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final ScheduledExecutorService ticker = Executors.newSingleThreadScheduledExecutor();
    private final RandomGenerator random = new SplittableRandom(1);
    private static final Sight SIGHT = EncoderFixture.READER;

    private final EventEncoder encoder = EncoderFixture.encoder(JsonMapper.builder().build());
    private final WatchStreams streams = new WatchStreams(LIMITS, encoder, clock, ticker, random, meters);
    private final FakeConnection connection = new FakeConnection();
    private final FakeSubscription subscription = new FakeSubscription();

    /** Tells progress when it is asked to. */
    private static final class FakeSubscription implements Subscription {
        private WatchStream stream;
        private long revision = 7;
        private int closed;

        @Override
        public void requestProgress() {
            stream.onProgress(revision);
        }

        @Override
        public void close() {
            closed++;
        }
    }

    @AfterEach
    void stop() {
        ticker.shutdownNow();
    }

    @Test
    void sendsWhatWasAddedBeforeItWasConnected() throws IOException {
        WatchStream stream = streams.open("ann", SIGHT);
        stream.add(bytes("a"));
        connection.connect(stream);
        stream.add(bytes("b"));
        assertThat(connection.received()).isEmpty();

        connection.ready(true);
        assertThat(connection.received()).isEqualTo("ab");

        stream.add(bytes("c"));
        assertThat(connection.received()).isEqualTo("abc");
    }

    @Test
    void waitsWhileTheConnectionTakesNothing() throws IOException {
        WatchStream stream = connected();
        connection.ready(false);

        stream.add(bytes("a"));
        stream.add(bytes("b"));
        assertThat(connection.received()).isEmpty();

        connection.ready(true);
        assertThat(connection.received()).isEqualTo("ab");
    }

    @Test
    void cutsOffAReaderThatLeavesTooManyEvents() throws IOException {
        WatchStream stream = connected();
        connection.ready(false);

        for (int i = 0; i < LIMITS.maxPendingEvents(); i++) {
            stream.add(bytes("x"));
        }
        assertThat(connection.completions).hasValue(0);
        stream.add(bytes("x"));

        assertCutOff();
        assertThat(dropped()).isEqualTo(1);
        stream.add(bytes("x"));
        assertThat(dropped()).as("once").isEqualTo(1);
    }

    @Test
    void cutsOffAReaderThatLeavesTooManyBytes() throws IOException {
        WatchStream stream = connected();
        connection.ready(false);

        stream.add(bytes("x".repeat(60)));
        stream.add(bytes("x".repeat(41)));

        assertCutOff();
    }

    @Test
    void takesOneEventOfAnySize() throws IOException {
        WatchStream stream = connected();
        connection.ready(false);

        stream.add(bytes("x".repeat(5000)));

        connection.ready(true);
        assertThat(connection.received()).hasSize(5000);
    }

    @Test
    void saysHowFarItIsWhenItIsIdle() throws IOException {
        connected();
        subscription.stream.onProgress(6);
        assertThat(connection.received()).as("nobody has asked").isEmpty();

        streams.tick();
        assertThat(connection.received()).isEqualTo("id: 7\nevent: progress\ndata: {\"revision\":7}\n\n");
    }

    @Test
    void doesNotSayHowFarItIsWhileEventsWait() throws IOException {
        WatchStream stream = connected();
        connection.ready(false);
        stream.add(bytes("a"));

        streams.tick();
        connection.ready(true);

        assertThat(connection.received()).isEqualTo("a");
    }

    @Test
    void endsWhenItsTimeIsOver() throws IOException {
        connected();
        clock.advance(LIMITS.maxLifetime());
        streams.tick();
        assertThat(connection.completions).hasValue(0);

        clock.advance(Duration.ofMillis(1));
        streams.tick();
        assertCutOff();
        assertThat(dropped()).isZero();
    }

    @Test
    void endsWhenItsReaderHasGone() throws IOException {
        WatchStream stream = connected();
        connection.breakOff();

        stream.add(bytes("a"));

        assertCutOff();
    }

    @Test
    void endsWhenWhatItHasNotToldIsNoLongerKept() throws IOException {
        connected().onCompacted(5);

        assertCutOff();
    }

    @Test
    void endsTheSubscriptionThatComesAfterItsEnd() {
        WatchStream stream = streams.open("ann", SIGHT);
        stream.end();

        stream.follow(subscription);

        assertThat(subscription.closed).isEqualTo(1);
    }

    @Test
    void endsAllStreamsWhenTheServerStops() throws IOException {
        connected();
        streams.start();
        assertThat(streams.isRunning()).isTrue();

        streams.stop();

        assertThat(streams.isRunning()).isFalse();
        assertCutOff();
        assertThatThrownBy(() -> streams.open("eve", SIGHT)).isInstanceOf(ProblemException.class);
    }

    @Test
    void boundsTheStreamsOfOneReader() {
        WatchStream first = streams.open("ann", SIGHT);

        assertThatThrownBy(() -> streams.open("ann", SIGHT)).isInstanceOfSatisfying(ProblemException.class, e -> {
            assertThat(e.report().kind()).isEqualTo(ProblemKind.TOO_MANY_REQUESTS);
            assertThat(e.report().retryAfter()).isPositive();
        });

        first.end();
        first.end();
        assertThat(streams.open("ann", SIGHT)).isNotNull();
        assertThatThrownBy(() -> streams.open("ann", SIGHT)).as("one that ends is given back once")
                .isInstanceOf(ProblemException.class);
    }

    @Test
    void boundsTheNumberOfStreams() {
        WatchStream first = streams.open("ann", SIGHT);
        streams.open("bob", SIGHT);

        assertThatThrownBy(() -> streams.open("eve", SIGHT)).isInstanceOfSatisfying(ProblemException.class, e -> {
            assertThat(e.report().kind()).isEqualTo(ProblemKind.OVERLOADED);
            assertThat(e.report().retryAfter()).isPositive();
        });

        first.end();
        assertThat(streams.open("eve", SIGHT)).isNotNull();
    }

    @Test
    void keepsEventsWholeAndInOrderWhenManyThreadsMeet() throws Exception {
        WatchLimits wide = new WatchLimits(1, 1, 100_000, 10_000_000, 1000, Duration.ofSeconds(8), Duration.ZERO,
                Duration.ofHours(1));
        WatchStream stream = new WatchStream("ann", SIGHT, wide, encoder, clock.instant().plusSeconds(60), streams);
        connection.connect(stream);
        StringBuilder expected = new StringBuilder();
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            Future<?> flicker = threads.submit(() -> {
                for (int i = 0; i < 2000; i++) {
                    connection.ready(true);
                }
                return null;
            });
            for (int i = 0; i < 2000; i++) {
                expected.append(i).append(' ');
                stream.add(bytes(i + " "));
            }
            flicker.get();
        }
        connection.ready(true);

        assertThat(connection.received()).isEqualTo(expected.toString());
    }

    private WatchStream connected() throws IOException {
        WatchStream stream = streams.open("ann", SIGHT);
        subscription.stream = stream;
        stream.follow(subscription);
        connection.connect(stream);
        connection.ready(true);
        return stream;
    }

    private void assertCutOff() {
        assertThat(connection.completions).hasValue(1);
        assertThat(subscription.closed).isEqualTo(1);
        assertThat(meters.get("roster.watch.streams").gauge().value()).isZero();
    }

    private double dropped() {
        return meters.get("roster.watch.dropped").counter().count();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
