package dev.roster.system.durability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.roster.test.RosterCluster;
import dev.roster.test.RosterProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HashSet;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A change set of 200 items is published while the leader is killed: all of it is there afterwards, on every member, or nothing.
 * More rounds: {@code -Droster.change-set.kills=100}; the same moments again: {@code -Droster.change-set.seed=…}.
 */
class ChangeSetKillsIT {

    private static final int ROUNDS = Integer.getInteger("roster.change-set.kills", 2);
    private static final long SEED = Long.getLong("roster.change-set.seed", System.nanoTime());
    private static final int ITEMS = 200;

    /** Somewhat more than a publication takes, so that some kills come before it, some within and some after. */
    private static final long MAX_DELAY_MICROS = 80_000;

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String NAMESPACE = "/api/v1/namespaces/kills";
    private static final Pattern VERSION = Pattern.compile("\"version\":(\\d+)");
    private static final Pattern NUMBER = Pattern.compile("\"number\":(\\d+)");

    private static RosterCluster cluster;

    private final HttpClient http = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

    @BeforeAll
    static void startMembers() {
        cluster = RosterCluster.start();
    }

    @AfterAll
    static void endMembers() {
        cluster.close();
    }

    @Test
    void isPublishedAsAWholeOrNotAtAllWhenTheLeaderIsKilled() {
        System.out.printf("seed %d%n", SEED);
        Random random = new Random(SEED);
        int acknowledged = 0;
        int done = 0;
        for (int round = 1; round <= ROUNDS; round++) {
            RosterProcess leader = cluster.awaitLeader();
            String set = prepare(leader, round);
            // Half of them are sent to the leader itself, half are passed on to it.
            RosterProcess asked = random.nextBoolean() ? leader : cluster.followers().getFirst();
            CompletableFuture<HttpResponse<String>> publication = http.sendAsync(
                    request(asked, set + "/actions").header("If-Match", "\"" + (ITEMS + 1) + "\"")
                            .POST(BodyPublishers.ofString("{\"action\":\"publish\"}")).build(),
                    BodyHandlers.ofString());
            LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(random.nextLong(MAX_DELAY_MICROS)));
            leader.kill();

            boolean promised = isAcknowledged(publication);
            boolean published = everySurvivorShowsTheSame(leader, set, round);
            assertThat(published || !promised).as("round %d: what was acknowledged is there", round).isTrue();
            acknowledged += promised ? 1 : 0;
            done += published ? 1 : 0;
            leader.restart();
            assertThat(isPublished(leader, set, round)).as("round %d, on the member that was killed", round)
                    .isEqualTo(published);
            if (!published) {
                finish(set);
            }
        }
        System.out.printf("%d rounds: %d published, %d of them acknowledged, %d not at all, none in part%n", ROUNDS,
                done,
                acknowledged, ROUNDS - done);
    }

    /** Makes a change set with a draft of each item, and returns its path. */
    private String prepare(RosterProcess member, int round) {
        String made = ok(send(request(member, NAMESPACE + "/change-sets")
                .POST(BodyPublishers.ofString("{\"title\":\"round " + round + "\"}")).build()));
        Matcher id = Pattern.compile("\"id\":(\\d+)").matcher(made);
        assertThat(id.find()).as(made).isTrue();
        String set = NAMESPACE + "/change-sets/" + id.group(1);
        for (int i = 0; i < ITEMS; i++) {
            String base = round == 1 ? "" : "\"baseVersion\":" + (round - 1) + ",";
            ok(send(request(member, set + "/drafts/item-" + i).header("If-Match", "\"" + (i + 1) + "\"")
                    .PUT(BodyPublishers.ofString("{\"action\":\"publish\"," + base
                            + "\"format\":\"yaml\",\"content\":\"round: " + round + "\\n\"}"))
                    .build()));
        }
        return set;
    }

    private static boolean isAcknowledged(CompletableFuture<HttpResponse<String>> publication) {
        try {
            return publication.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join().statusCode() == 200;
        } catch (CompletionException e) {
            // Whoever was asked is gone, or gave up: nobody was promised anything.
            return false;
        }
    }

    private boolean everySurvivorShowsTheSame(RosterProcess killed, String set, int round) {
        Set<Boolean> seen = new HashSet<>();
        for (RosterProcess member : cluster.members()) {
            if (member != killed) {
                seen.add(isPublished(member, set, round));
            }
        }
        assertThat(seen).as("round %d, what survivors show", round).hasSize(1);
        return seen.iterator().next();
    }

    /** Tells whether a round is published as a member shows it once there is a leader, and that it is so of all items. */
    private boolean isPublished(RosterProcess member, String set, int round) {
        String items = linearizable(member, NAMESPACE + "/configs?limit=1000&consistency=linearizable");
        String state = linearizable(member, set + "?consistency=linearizable");
        Set<Integer> versions = new HashSet<>();
        int count = 0;
        Matcher version = VERSION.matcher(items);
        while (version.find()) {
            versions.add(Integer.parseInt(version.group(1)));
            count++;
        }
        boolean published = state.contains("\"status\":\"published\"");
        if (published || round > 1) {
            assertThat(count).as(items).isEqualTo(ITEMS);
            assertThat(versions).as("round %d", round).containsExactly(published ? round : round - 1);
        } else {
            assertThat(count).as(items).isZero();
        }
        return published;
    }

    /** Publishes what was not, so that the next round begins alike. */
    private void finish(String set) {
        RosterProcess leader = cluster.awaitLeader();
        Matcher number = NUMBER.matcher(linearizable(leader, set + "?consistency=linearizable"));
        assertThat(number.find()).isTrue();
        ok(send(request(leader, set + "/actions").header("If-Match", "\"" + number.group(1) + "\"")
                .POST(BodyPublishers.ofString("{\"action\":\"publish\"}")).build()));
    }

    private String linearizable(RosterProcess member, String path) {
        return await("an answer of a cluster with a leader").atMost(PATIENCE).pollInterval(Duration.ofMillis(50))
                .until(() -> send(request(member, path).GET().build()).filter(answer -> answer.statusCode() == 200),
                        Optional::isPresent)
                .orElseThrow().body();
    }

    private static String ok(Optional<HttpResponse<String>> answer) {
        HttpResponse<String> response = answer.orElseThrow();
        assertThat(response.statusCode()).as(response.body()).isBetween(200, 299);
        return response.body();
    }

    private static HttpRequest.Builder request(RosterProcess member, String path) {
        String credentials = Base64.getEncoder()
                .encodeToString(("admin:" + cluster.adminPassword()).getBytes(StandardCharsets.UTF_8));
        return HttpRequest.newBuilder(URI.create(member.address() + path)).timeout(Duration.ofSeconds(30))
                .header("Authorization", "Basic " + credentials).header("Content-Type", "application/json");
    }

    /** Returns an answer, empty if there is none. */
    private Optional<HttpResponse<String>> send(HttpRequest request) {
        try {
            return Optional.of(http.send(request, BodyHandlers.ofString()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new IOException(e));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
