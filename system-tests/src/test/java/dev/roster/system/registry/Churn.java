package dev.roster.system.registry;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Clients that register instances of the service {@code s}, register them again with other data, let them say how they are,
 * deregister them, and override the weight of all at once, each in a namespace of its own. A client that does not know the
 * outcome of a change leaves all its instances alone from then on, and goes on with others.
 */
final class Churn implements AutoCloseable {
    /** Weights go from 2, since 1 is what nobody has overridden. */
    private static final int HEAVIEST = 10_000;
    private static final List<String> STATUSES = List.of("up", "warning", "draining", "starting");
    private static final long PAUSE_MILLIS = 20;

    /** Between two changes of a client: members that start need something of the machine, too. */
    private static final long BREATH_MILLIS = 50;

    private final HttpApi api;
    private final List<URI> members;
    private final int instancesOfEach;
    private final Map<String, Course> courses = new ConcurrentHashMap<>();
    private final Queue<String> surprises = new ConcurrentLinkedQueue<>();
    private final AtomicLong acknowledged = new AtomicLong();
    private final AtomicLong unknown = new AtomicLong();
    private final AtomicLong newest = new AtomicLong();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean running = true;

    /**
     * Begins, with a client for each of the namespaces.
     *
     * @param instancesOfEach how many instances each client has, most of which are registered at any time
     */
    Churn(HttpApi api, List<URI> members, List<String> namespaces, int instancesOfEach, Random random) {
        this.api = api;
        this.instancesOfEach = instancesOfEach;
        this.members = List.copyOf(members);
        for (String namespace : namespaces) {
            Client client = new Client(namespace, new Random(random.nextLong()));
            threads.add(Thread.ofVirtual().name("churn-" + namespace).start(client::work));
        }
    }

    /** Returns how many changes were acknowledged. */
    long acknowledged() {
        return acknowledged.get();
    }

    /** Returns of how many changes nobody knows whether they were made. */
    long unknown() {
        return unknown.get();
    }

    /** Returns the newest revision that was acknowledged. */
    long newest() {
        return newest.get();
    }

    /** Returns what became of each instance, by namespace and id; to be called when it is closed. */
    Map<String, Course> courses() {
        return Map.copyOf(courses);
    }

    /** Returns the answers that should not have been given. */
    List<String> surprises() {
        return List.copyOf(surprises);
    }

    /** Lets the clients finish what they are at. */
    @Override
    public void close() throws InterruptedException {
        running = false;
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private enum Result {
        DONE, NOT_DONE, UNKNOWN
    }

    private record Outcome(Result result, long revision) {
        Outcome(Result result) {
            this(result, 0);
        }
    }

    /** An instance. */
    private static final class Target {
        private final String id;
        private final Course course = new Course();
        private Step state = Step.gone(0);
        private int registrations;

        Target(String id) {
            this.id = id;
        }
    }

    /** Used by one thread. */
    private final class Client {
        private final String namespace;
        private final Random choice;
        private final List<Target> targets = new ArrayList<>();
        private int generation;
        private boolean lost;
        private int member;
        private int weight = 1;

        Client(String namespace, Random choice) {
            this.namespace = namespace;
            this.choice = choice;
            this.member = choice.nextInt(members.size());
            beginAnew();
        }

        private void beginAnew() {
            lost = false;
            generation++;
            targets.clear();
            for (int i = 0; i < instancesOfEach; i++) {
                Target target = new Target("g%d-i%d".formatted(generation, i));
                courses.put(namespace + "/" + target.id, target.course);
                targets.add(target);
            }
        }

        void work() {
            try {
                while (running) {
                    if (choice.nextInt(5) == 0) {
                        weighAll();
                    } else {
                        change(choice.nextInt(targets.size()));
                    }
                    if (lost) {
                        beginAnew();
                    }
                    Thread.sleep(BREATH_MILLIS);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private void change(int index) throws InterruptedException {
            Target target = targets.get(index);
            String path = "/namespaces/" + namespace + "/services/s/instances/" + target.id;
            Step state = target.state;
            int kind = state.status() == null ? 0 : choice.nextInt(10);
            if (kind < 6) {
                target.registrations++;
                take(index, new Step(0, target.registrations, "up", Math.max(1, state.weight())),
                        send("PUT", path, registration(target)));
            } else if (kind < 8) {
                List<String> others = STATUSES.stream().filter(one -> !one.equals(state.status())).toList();
                String status = others.get(choice.nextInt(others.size()));
                take(index, new Step(0, state.registration(), status, state.weight()),
                        send("PUT", path + "/status", "{\"status\":\"" + status + "\"}"));
            } else {
                take(index, Step.gone(0), send("DELETE", path, ""));
            }
        }

        /** Changes all that are there, by one transaction. */
        private void weighAll() throws InterruptedException {
            weight = 2 + (weight - 1) % (HEAVIEST - 1);
            String body = """
                    {"filter": "id like \\"g%d-*\\"", "action": "override", "override": {"weight": %d}}"""
                    .formatted(generation, weight);
            Outcome outcome = send("POST", "/namespaces/" + namespace + "/instances/actions", body);
            for (int i = 0; i < targets.size(); i++) {
                Step state = targets.get(i).state;
                if (state.status() != null && state.weight() != weight) {
                    take(i, new Step(0, state.registration(), state.status(), weight), outcome);
                }
            }
        }

        private String registration(Target target) {
            String life = choice.nextInt(4) == 0 ? "\"ttl\":\"PT1H\"" : "\"persistent\":true";
            return "{\"host\":\"10.0.0.1\",\"port\":8080,%s,\"metadata\":{\"registration\":\"%d\"}}".formatted(life,
                    target.registrations);
        }

        private void take(int index, Step step, Outcome outcome) {
            Target target = targets.get(index);
            switch (outcome.result()) {
                case DONE -> {
                    target.state = step.at(outcome.revision());
                    target.course.acknowledge(target.state);
                    acknowledged.incrementAndGet();
                    newest.accumulateAndGet(outcome.revision(), Math::max);
                }
                case UNKNOWN -> {
                    target.course.loseTrack(step);
                    unknown.incrementAndGet();
                    lost = true;
                }
                case NOT_DONE -> {
                    // As before.
                }
            }
        }

        private Outcome send(String method, String path, String body) throws InterruptedException {
            try {
                HttpResponse<String> answer = api.send(members.get(member), method, path, body);
                int status = answer.statusCode();
                if (status >= 200 && status < 300) {
                    return new Outcome(Result.DONE, answer.headers().firstValueAsLong("Roster-Revision").orElseThrow());
                }
                leave();
                if (status == 429 || answer.body().contains("\"outcome\":\"not-done\"")) {
                    Thread.sleep(PAUSE_MILLIS);
                    return new Outcome(Result.NOT_DONE);
                }
                if (status < 500) {
                    surprises.add(method + " " + path + ": " + status + " " + answer.body());
                }
                return new Outcome(Result.UNKNOWN);
            } catch (ConnectException | HttpConnectTimeoutException e) {
                leave();
                Thread.sleep(PAUSE_MILLIS);
                return new Outcome(Result.NOT_DONE);
            } catch (IOException e) {
                leave();
                return new Outcome(Result.UNKNOWN);
            }
        }

        private void leave() {
            member = (member + 1) % members.size();
        }
    }
}
