package dev.roster.server.coordination;

import static dev.roster.server.coordination.CoordinationFixture.APPLICATION;
import static dev.roster.server.coordination.CoordinationFixture.SPACE;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random claims, releases and ends of sessions against a list, and by threads. The seed is the parameter. */
class ClaimsPropertyTest {
    private static final int LIMIT = 3;
    private static final Duration LONG = Duration.ofSeconds(25);

    /** A claim as the list holds it. */
    private record Modelled(String id, SessionId session, int permits) {}

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void behavesAsAListOfClaims(long seed) {
        Random random = new Random(seed);
        try (CoordinationFixture coordination = new CoordinationFixture()) {
            ClaimTarget pool = CoordinationFixture.semaphore("pool");
            List<Modelled> model = new ArrayList<>();
            List<SessionId> sessions = new ArrayList<>();
            Map<String, Long> tokens = new HashMap<>();
            long greatest = 0;
            for (int step = 0; step < 400; step++) {
                int choice = random.nextInt(10);
                if (sessions.isEmpty() || choice == 0) {
                    sessions.add(coordination.open());
                } else if (choice == 1 && !model.isEmpty()) {
                    SessionId ended = sessions.remove(random.nextInt(sessions.size()));
                    coordination.sessions.end(APPLICATION, SPACE, ended);
                    model.removeIf(claim -> claim.session().equals(ended));
                } else if (choice < 5 && !model.isEmpty()) {
                    Modelled released = model.remove(random.nextInt(model.size()));
                    coordination.release(pool, released.id());
                } else {
                    SessionId session = sessions.get(random.nextInt(sessions.size()));
                    Modelled claim = new Modelled("c" + random.nextInt(1000) + "-" + step, session,
                            1 + random.nextInt(LIMIT));
                    coordination.permits(pool, claim.id(), session, claim.permits(), LIMIT);
                    model.add(claim);
                }
                ClaimLine line = coordination.line(pool);
                assertThat(line.claims()).extracting(claim -> claim.id().value()).as("seed %d, step %d", seed, step)
                        .containsExactlyElementsOf(model.stream().map(Modelled::id).toList());
                assertThat(line.holding()).as("seed %d, step %d", seed, step).isEqualTo(holding(model));
                assertThat(line.taken()).isLessThanOrEqualTo(LIMIT);
                for (StandingClaim held : line.claims().subList(0, line.holding())) {
                    if (tokens.put(held.id().value(), held.created()) == null) {
                        assertThat(held.created()).as("seed %d, step %d", seed, step).isGreaterThan(greatest);
                        greatest = held.created();
                    }
                }
            }
        }
    }

    private static int holding(List<Modelled> model) {
        int sum = 0;
        for (int i = 0; i < model.size(); i++) {
            sum += model.get(i).permits();
            if (sum > LIMIT) {
                return i;
            }
        }
        return model.size();
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12})
    void letsOneThreadInAtATime(long seed) throws InterruptedException {
        int threads = 8;
        int rounds = 40;
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        ConcurrentLinkedQueue<Long> tokens = new ConcurrentLinkedQueue<>();
        ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
        try (CoordinationFixture coordination = new CoordinationFixture();
                ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            ClaimTarget lock = CoordinationFixture.lock("shared");
            IntStream.range(0, threads).forEach(thread -> executor.execute(() -> {
                Random random = new Random(seed * 100 + thread);
                try {
                    SessionId session = coordination.open();
                    for (int round = 0; round < rounds; round++) {
                        String claim = "t" + thread + "-" + round;
                        ClaimStatus status = coordination.claims.claim(APPLICATION, lock, new ClaimId(claim),
                                ClaimTerms.exclusive(session, true, ""), LONG);
                        assertThat(status.isHeld()).isTrue();
                        most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                        tokens.add(status.claim().created());
                        inside.decrementAndGet();
                        if (random.nextInt(5) == 0) {
                            coordination.sessions.end(APPLICATION, SPACE, session);
                            session = coordination.open();
                        } else {
                            coordination.release(lock, claim);
                        }
                    }
                } catch (RuntimeException | AssertionError e) {
                    failures.add(e);
                }
            }));
            executor.shutdown();
            assertThat(executor.awaitTermination(60, TimeUnit.SECONDS)).as("seed %d", seed).isTrue();
        }

        assertThat(failures).as("seed %d", seed).isEmpty();
        assertThat(most).as("seed %d", seed).hasValue(1);
        assertThat(List.copyOf(tokens)).as("seed %d", seed).hasSize(threads * rounds).isSorted()
                .doesNotHaveDuplicates();
    }
}
