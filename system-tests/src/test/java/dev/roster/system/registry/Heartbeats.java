package dev.roster.system.registry;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Keeps the first instances of a service, {@code i0} and so on, alive by one call for all, to a member that answers. */
final class Heartbeats implements AutoCloseable {
    private static final long INTERVAL_MILLIS = 500;

    private final HttpApi api;
    private final List<URI> members;
    private final String service;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform()
            .daemon().name("heartbeats").factory());
    private volatile int alive;
    private volatile int missing;

    /** Begins with as many instances. */
    Heartbeats(HttpApi api, List<URI> members, String service, int alive) {
        this.api = api;
        this.members = List.copyOf(members);
        this.service = service;
        this.alive = alive;
        var _ = thread.scheduleWithFixedDelay(this::beat, 0, INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Lets only as many instances live on; the others fall silent. */
    void keepOnly(int count) {
        alive = count;
    }

    /** Returns how many instances at most were told that they are gone although they were kept alive. */
    int missing() {
        return missing;
    }

    private void beat() {
        int count = alive;
        String body = IntStream.range(0, count)
                .mapToObj(i -> "{\"service\":\"%s\",\"id\":\"i%d\"}".formatted(service, i))
                .collect(Collectors.joining(",", "{\"instances\":[", "]}"));
        for (URI member : members) {
            try {
                HttpResponse<String> answer = api.send(member, "POST", "/heartbeats", body);
                if (answer.statusCode() == 200) {
                    int gone = HttpApi.parse(answer.body()).path("missing").size();
                    missing = Math.max(missing, gone);
                    return;
                }
            } catch (IOException e) {
                // It is dead: the next one.
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
