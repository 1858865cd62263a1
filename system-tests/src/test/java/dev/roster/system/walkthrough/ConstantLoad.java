package dev.roster.system.walkthrough;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Callers of the sample orders, each of which asks again as soon as it is answered, with a short breath in between. */
final class ConstantLoad implements AutoCloseable {
    private static final Pattern SERVED_BY = Pattern.compile("\"servedBy\":(\\d+)");

    /** Leaves something of a machine with two processors to processes that start meanwhile. */
    private static final Duration BREATH = Duration.ofMillis(10);

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int MOST_FAILURES = 10_000;

    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final HttpRequest request;
    private final Map<Integer, AtomicLong> answers = new ConcurrentHashMap<>();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean running = true;
    private volatile @Nullable Instant lastFailure;

    ConstantLoad(int port, int callers) {
        this(port, callers, BREATH);
    }

    /**
     * Begins.
     *
     * @param breath between an answer and the next request of the same caller
     */
    ConstantLoad(int port, int callers, Duration breath) {
        request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/orders/book")).timeout(PATIENCE)
                .build();
        for (int i = 0; i < callers; i++) {
            threads.add(Thread.ofVirtual().name("caller-" + i).start(() -> call(breath)));
        }
    }

    /** Returns how many requests were answered with status 200. */
    long answered() {
        return answers.values().stream().mapToLong(AtomicLong::get).sum();
    }

    /** Returns what happened to the others. */
    List<String> failures() {
        return List.copyOf(failures);
    }

    /** Returns how many requests an instance has answered with status 200. */
    long answeredBy(int instance) {
        return count(instance).get();
    }

    /** Returns when the last of the others was answered, empty if there was none. */
    Optional<Instant> lastFailure() {
        return Optional.ofNullable(lastFailure);
    }

    /** Waits until no request has failed for a while, after one has. */
    void awaitQuiet(Duration quiet, Duration patience) {
        await("no request fails any more").atMost(patience).pollInterval(Duration.ofMillis(100))
                .until(() -> lastFailure().filter(last -> last.plus(quiet).isBefore(Instant.now())).isPresent());
    }

    /** Waits until an instance has served a hundred more. */
    void awaitAnswersBy(int instance, Duration patience) {
        AtomicLong count = count(instance);
        long before = count.get();
        await("the instance at port " + instance + " serves").atMost(patience).pollInterval(Duration.ofMillis(50))
                .until(() -> count.get() >= before + 100);
    }

    private AtomicLong count(int instance) {
        return answers.computeIfAbsent(instance, port -> new AtomicLong());
    }

    private void call(Duration breath) {
        try {
            while (running && failures.size() < MOST_FAILURES) {
                ask();
                Thread.sleep(breath);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void ask() throws InterruptedException {
        try {
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            Matcher served = SERVED_BY.matcher(answer.body());
            if (answer.statusCode() == 200 && served.find()) {
                count(Integer.parseInt(served.group(1))).incrementAndGet();
            } else {
                failed(answer.statusCode() + " " + answer.body());
            }
        } catch (IOException e) {
            failed(e.toString());
        }
    }

    private void failed(String how) {
        Instant now = Instant.now();
        lastFailure = now;
        failures.add(now + " " + how);
    }

    /** Lets the callers finish what they are at. */
    @Override
    public void close() throws InterruptedException {
        running = false;
        for (Thread thread : threads) {
            thread.join();
        }
    }
}
