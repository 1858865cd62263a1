package dev.roster.test;

import dev.roster.api.cluster.ClusterStatus;
import dev.roster.api.security.Role;
import dev.roster.api.security.TokenRequest;
import dev.roster.client.Credentials;
import dev.roster.client.RosterClient;
import dev.roster.client.RosterException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A cluster of Roster servers on loopback, each in a process of its own: members {@code m1}, {@code m2} and so on. Used by
 * one thread.
 */
public final class RosterCluster implements AutoCloseable {
    private static final Duration LEADER_TIMEOUT = Duration.ofSeconds(60);
    private static final Duration POLL = Duration.ofMillis(100);

    /** For the first request of servers that have just started, on a machine that does much else. */
    private static final Duration FIRST_ANSWER = Duration.ofSeconds(30);

    private final List<RosterProcess> members = new ArrayList<>();
    private @Nullable String token;
    private @Nullable RosterClient client;

    private RosterCluster(int size, Consumer<RosterProcessBuilder> settings) {
        List<RosterProcessBuilder> builders = new ArrayList<>();
        for (int i = 1; i <= size; i++) {
            RosterProcessBuilder builder = RosterProcess.builder().property("roster.cluster.member", "m" + i);
            settings.accept(builder);
            builders.add(builder);
            members.add(builder.build());
        }
        List<String> addresses = new ArrayList<>();
        for (int i = 1; i <= size; i++) {
            addresses.add("m" + i + "=127.0.0.1:" + members.get(i - 1).clusterPort());
        }
        builders.forEach(builder -> builder.property("roster.cluster.members", String.join(",", addresses)));
    }

    /** Starts three members and waits until all are ready. */
    public static RosterCluster start() {
        return start(3, builder -> {});
    }

    /**
     * Starts members and waits until all are ready.
     *
     * @param settings applied to each member
     */
    public static RosterCluster start(int size, Consumer<RosterProcessBuilder> settings) {
        RosterCluster cluster = new RosterCluster(size, settings);
        try {
            cluster.members.forEach(RosterProcess::start);
            cluster.members.forEach(RosterProcess::awaitReady);
        } catch (RuntimeException e) {
            cluster.close();
            throw e;
        }
        return cluster;
    }

    /** Returns the members, {@code m1} first. */
    public List<RosterProcess> members() {
        return List.copyOf(members);
    }

    /**
     * Returns a member.
     *
     * @param id such as {@code m1}
     */
    public RosterProcess member(String id) {
        return members.get(Integer.parseInt(id.substring(1)) - 1);
    }

    /** Returns the id of a member. */
    public String id(RosterProcess member) {
        return "m" + (members.indexOf(member) + 1);
    }

    /** Returns the URLs of all members. */
    public List<URI> addresses() {
        return members.stream().map(RosterProcess::address).toList();
    }

    /** Returns the password of the user {@code admin}. */
    public String adminPassword() {
        return members.stream().filter(RosterProcess::hasAdminPassword).findFirst()
                .orElseThrow(() -> new IllegalStateException("no member has made the user admin:\n" + logTails()))
                .adminPassword();
    }

    /** Returns a token with the role admin. */
    public String token() {
        String issued = token;
        if (issued == null) {
            try (RosterClient admin = RosterClient.builder().addresses(addresses()).requestTimeout(FIRST_ANSWER)
                    .credentials(Credentials.user("admin", adminPassword())).build()) {
                issued = admin.security().issueToken(
                        new TokenRequest("test", Role.ADMIN, Duration.ofDays(1))).secret();
            }
            token = issued;
        }
        return issued;
    }

    /** Returns a client of all members, with the role admin. It is closed with this cluster. */
    public RosterClient client() {
        RosterClient made = client;
        if (made == null) {
            made = clientOf(addresses());
            client = made;
        }
        return made;
    }

    /** Returns a new client of some members, with the role admin. The caller closes it. */
    public RosterClient clientOf(List<URI> addresses) {
        return RosterClient.builder().addresses(addresses).credentials(Credentials.token(token())).build();
    }

    /**
     * Waits until the members that run agree on a leader which runs, and returns it.
     *
     * @throws IllegalStateException if that takes longer than 60 s; the message has the ends of their output
     */
    public RosterProcess awaitLeader() {
        long deadline = System.nanoTime() + LEADER_TIMEOUT.toNanos();
        while (System.nanoTime() < deadline) {
            Optional<RosterProcess> leader = agreedLeader();
            if (leader.isPresent()) {
                return leader.get();
            }
            LockSupport.parkNanos(POLL.toNanos());
        }
        throw new IllegalStateException("no leader after " + LEADER_TIMEOUT + ":\n" + logTails());
    }

    /** Returns the members that run, save for the leader. */
    public List<RosterProcess> followers() {
        RosterProcess leader = awaitLeader();
        return members.stream().filter(member -> member != leader && member.isRunning()).toList();
    }

    private Optional<RosterProcess> agreedLeader() {
        List<String> leaders = new ArrayList<>();
        for (RosterProcess member : members) {
            if (member.isRunning() && !member.isPaused()) {
                leaders.add(leaderAsSeenBy(member).orElse(""));
            }
        }
        boolean agreed = !leaders.isEmpty() && leaders.stream().distinct().count() == 1 && !leaders.get(0).isEmpty();
        return agreed ? Optional.of(member(leaders.get(0))).filter(RosterProcess::isRunning) : Optional.empty();
    }

    private Optional<String> leaderAsSeenBy(RosterProcess member) {
        try (RosterClient one = RosterClient.builder().address(member.address().toString()).retryFor(Duration.ZERO)
                .requestTimeout(Duration.ofSeconds(2)).credentials(Credentials.token(token())).build()) {
            ClusterStatus status = one.cluster().status();
            return Optional.ofNullable(status.leader());
        } catch (RosterException e) {
            return Optional.empty();
        }
    }

    /** Returns the end of the output of each member. */
    public String logTails() {
        return members.stream().map(member -> "--- " + id(member) + "\n" + member.logTail())
                .collect(Collectors.joining("\n"));
    }

    /** Ends all members at once and deletes their data. */
    @Override
    public void close() {
        RosterClient made = client;
        if (made != null) {
            made.close();
        }
        members.forEach(RosterProcess::close);
    }
}
