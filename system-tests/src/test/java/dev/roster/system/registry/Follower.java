package dev.roster.system.registry;

import dev.roster.system.registry.EventStream.Event;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * Follows services by streams, at one member after the other: whenever one ends, or it has had enough of it, it goes on at another after
 * the last revision that it knows of. It never begins anew.
 */
final class Follower implements AutoCloseable {
    private static final String TARGET = "{\"namespace\":\"%s\",\"name\":\"s\"}";
    private static final long PAUSE_MILLIS = 20;
    private static final Duration END = Duration.ofSeconds(30);

    private final String name;
    private final HttpApi api;
    private final List<URI> members;
    private final List<String> namespaces;
    private final int mostEvents;
    private final Random choice;
    private final Map<String, List<Step>> told = new HashMap<>();
    private final List<String> violations = new ArrayList<>();
    private final Thread thread;
    private volatile boolean running = true;
    private volatile long position;
    private int streams;
    private long changes;

    /**
     * Begins to follow the service {@code s} of some namespaces, none of which has an instance yet.
     *
     * @param mostEvents after how many events at most it leaves a stream
     */
    Follower(String name, HttpApi api, List<URI> members, List<String> namespaces, int mostEvents, Random choice) {
        this.name = name;
        this.api = api;
        this.members = List.copyOf(members);
        this.namespaces = List.copyOf(namespaces);
        this.mostEvents = mostEvents;
        this.choice = choice;
        this.thread = Thread.ofPlatform().daemon().name(name).start(this::work);
    }

    String name() {
        return name;
    }

    /** Returns the revision up to which it was told everything, 0 while it has not begun. */
    long position() {
        return position;
    }

    /** Tells whether it follows an instance, by namespace and id. */
    boolean follows(String instance) {
        return namespaces.contains(instance.substring(0, instance.indexOf('/')));
    }

    /** Returns what it was told of each instance, in order; to be called when it is closed, as those below. */
    Map<String, List<Step>> told() {
        return told;
    }

    /** Returns how many changes it was told. */
    long changes() {
        return changes;
    }

    /** Returns by how many streams. */
    int streams() {
        return streams;
    }

    /** Returns what was wrong with the order of revisions. */
    List<String> violations() {
        return violations;
    }

    @Override
    public void close() throws InterruptedException {
        running = false;
        if (!thread.join(END)) {
            throw new IllegalStateException(name + " has not ended");
        }
    }

    private void work() {
        try {
            while (running) {
                follow(members.get(choice.nextInt(members.size())));
                Thread.sleep(PAUSE_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void follow(URI member) throws InterruptedException {
        try {
            HttpResponse<InputStream> answer = api.watch(member, request());
            try (EventStream events = new EventStream(answer.body())) {
                if (answer.statusCode() == 200) {
                    streams++;
                    read(events);
                } else if (answer.statusCode() < 500) {
                    violate("was refused to go on after revision " + position + ": " + answer.statusCode());
                }
            }
        } catch (IOException e) {
            // The member is dead, or is being restarted.
        }
    }

    private String request() {
        String names = namespaces.stream().map(TARGET::formatted).collect(Collectors.joining(","));
        return "{\"services\":[" + names + "]" + (position == 0 ? "" : ",\"since\":" + position) + "}";
    }

    private void read(EventStream events) throws IOException {
        int left = 1 + choice.nextInt(mostEvents);
        for (Optional<Event> event = events.next(); event.isPresent() && running; event = events.next()) {
            take(event.get());
            left--;
            if (left == 0) {
                return;
            }
        }
    }

    private void take(Event event) {
        long revision = event.revision();
        boolean change = event.type().equals("change");
        if (change ? revision <= position : revision < position) {
            violate("was told " + event.type() + " of revision " + revision + " after " + position);
        }
        if (change) {
            HttpApi.parse(event.data()).path("instances").forEach(one -> take(revision, one));
        } else if (event.type().equals("snapshot") && (position != 0 || event.data().contains("\"id\""))) {
            violate("was told a snapshot after revision " + position);
        }
        position = revision;
    }

    private void take(long revision, JsonNode change) {
        changes++;
        JsonNode now = change.path("instance");
        Step step = now.isObject()
                ? new Step(revision, now.path("metadata").path("registration").asInt(), now.path("status").asString(),
                        now.path("weight").asInt())
                : Step.gone(revision);
        told.computeIfAbsent(change.path("namespace").asString() + "/" + change.path("id").asString(),
                instance -> new ArrayList<>()).add(step);
    }

    private void violate(String what) {
        violations.add(name + " " + what);
    }
}
