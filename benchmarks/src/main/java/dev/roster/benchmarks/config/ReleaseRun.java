package dev.roster.benchmarks.config;

import dev.roster.benchmarks.measure.HttpCalls;
import dev.roster.benchmarks.measure.Latencies;
import dev.roster.benchmarks.measure.ProcessorUse;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Releases of one item to many streams, each of which reports what it runs with, as late as the product's client does. What has
 * been measured is read when it is closed.
 */
final class ReleaseRun implements AutoCloseable {

    private static final String NAMESPACE = "/api/v1/namespaces/default/";
    private static final Duration ADOPTION_POLL = Duration.ofMillis(20);
    private static final Duration LIMIT = Duration.ofSeconds(30);

    /** When the product's client reports after a change, at random between these. */
    private static final long FIRST_REPORT_MILLIS = 100;
    private static final long LAST_REPORT_MILLIS = 1000;

    /** What a stream does when it is told of a version. */
    enum Mode {
        /** It takes the document from the event, as the product's client does. */
        PUSHED,
        /** It takes the event for a notice and fetches the document, as clients do that are told only that something changed. */
        FETCHED
    }

    private static final AtomicInteger RUNS = new AtomicInteger();

    private final HttpCalls http;
    private final String authorization;
    private final ProcessHandle server;
    private final Mode mode;
    private final int count;
    private final String item;
    private final EventStreams streams;
    private final ScheduledExecutorService reports = Executors.newSingleThreadScheduledExecutor();
    private final Random random = new Random(1);
    private volatile CountDownLatch notApplied = new CountDownLatch(0);
    private volatile long sent;
    private volatile boolean measuring;
    private long version;

    final Latencies acknowledged = new Latencies();
    final Latencies applied = new Latencies();
    final Latencies adopted = new Latencies();
    final ReleaseCurve applications = new ReleaseCurve();
    final ReleaseCurve requests = new ReleaseCurve();
    private double processorSeconds;
    private int releases;

    ReleaseRun(URI address, String token, ProcessHandle server, Mode mode, int count)
            throws IOException, InterruptedException {
        this.http = new HttpCalls(address);
        this.authorization = "Bearer " + token;
        this.server = server;
        this.mode = mode;
        this.count = count;
        this.item = "orders-" + RUNS.incrementAndGet();
        publish();
        this.streams = EventStreams.open(address, authorization, item, count, this::told);
    }

    /** Publishes a version, and waits until every stream has applied it and the server knows. */
    void release(boolean measured) throws InterruptedException {
        measuring = measured;
        notApplied = new CountDownLatch(count);
        ProcessorUse use = ProcessorUse.of(server);
        sent = System.nanoTime();
        applications.begin(sent);
        requests.begin(sent);
        publish();
        long published = System.nanoTime();
        if (!notApplied.await(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
            throw new IllegalStateException(notApplied.getCount() + " streams were not told of version " + version);
        }
        awaitAdoption();
        long done = System.nanoTime();
        if (measured) {
            acknowledged.add(published - sent);
            adopted.add(done - sent);
            applications.end();
            requests.end();
            processorSeconds += use.seconds();
            releases++;
        }
    }

    private void publish() {
        HttpRequest.Builder request = request("configs/" + item, "PUT",
                "{\"format\":\"yaml\",\"content\":\"" + document(version + 1) + "\"}");
        if (version > 0) {
            request.header("If-Match", "\"" + version + "\"");
        }
        http.send(request).join();
        version++;
    }

    /** Thirty properties, some 800 bytes. */
    private static String document(long version) {
        StringBuilder yaml = new StringBuilder("release: " + version + "\\norders:\\n");
        for (int i = 0; i < 30; i++) {
            yaml.append("  property-").append(i).append(": value-").append(version).append('-').append(i)
                    .append("\\n");
        }
        return yaml.toString();
    }

    private void told(int stream, long told, long at) {
        if (mode == Mode.PUSHED) {
            applied(stream, told, at);
            return;
        }
        requests.count(at);
        HttpRequest.Builder request = http
                .request(NAMESPACE + "configs/" + item + "?instance=" + EventStreams.client(stream))
                .header("Authorization", authorization).header("If-None-Match", "\"" + (told - 1) + "\"");
        var _ = http.send(request).thenRun(() -> applied(stream, told, System.nanoTime()));
    }

    private void applied(int stream, long now, long at) {
        if (measuring) {
            applied.add(at - sent);
        }
        applications.count(at);
        notApplied.countDown();
        long delay = FIRST_REPORT_MILLIS + random.nextLong(LAST_REPORT_MILLIS - FIRST_REPORT_MILLIS);
        var _ = reports.schedule(() -> report(stream, now), delay, TimeUnit.MILLISECONDS);
    }

    private void report(int stream, long runsWith) {
        requests.count(System.nanoTime());
        String body = """
                {"application":"orders","healthy":true,"items":[{"name":"%s","fetchedVersion":%d,"appliedVersion":%d}]}"""
                .formatted(item, runsWith, runsWith);
        String path = "config-reports/" + EventStreams.client(stream);
        // Again if the server has just closed the connection, which has been idle since the last report.
        var _ = http.send(request(path, "PUT", body))
                .exceptionallyCompose(_ -> http.send(request(path, "PUT", body)));
    }

    private void awaitAdoption() throws InterruptedException {
        String wanted = "\"version\":" + version + ",\"clients\":" + count + ",\"fetched\":" + count
                + ",\"applied\":" + count + ",";
        long limit = System.nanoTime() + LIMIT.toNanos();
        String found = adoption();
        while (!found.contains(wanted)) {
            if (System.nanoTime() > limit) {
                throw new IllegalStateException("adoption does not become " + wanted + " but is " + found);
            }
            Thread.sleep(ADOPTION_POLL);
            found = adoption();
        }
    }

    private String adoption() {
        return new String(http.send(http.request(NAMESPACE + "configs/" + item + "/adoption").header("Authorization",
                authorization)).join().body(), StandardCharsets.UTF_8);
    }

    private HttpRequest.Builder request(String path, String method, String json) {
        return http.request(NAMESPACE + path, method, json).header("Authorization", authorization);
    }

    /** Returns what the server used of the processors for a release, all that followed included, in milliseconds. */
    double processorMillis() {
        return 1000 * processorSeconds / releases;
    }

    /** Returns how many streams had to be opened again. */
    int reopened() {
        return streams.reopened();
    }

    @Override
    public void close() throws IOException {
        reports.shutdownNow();
        streams.close();
        http.close();
        acknowledged.finish(1);
        applied.finish(1);
        adopted.finish(1);
    }
}
