package dev.roster.console.fake;

import dev.roster.api.Page;
import dev.roster.api.Problem;
import dev.roster.api.cluster.ClusterStatus;
import dev.roster.api.registry.Instance;
import dev.roster.api.security.Identity;
import dev.roster.api.security.IssuedToken;
import dev.roster.api.security.Role;
import dev.roster.api.security.Token;
import dev.roster.api.security.TokenRequest;
import dev.roster.api.security.User;
import dev.roster.console.gateway.AccessToken;
import dev.roster.console.gateway.Gateway;
import dev.roster.console.gateway.RefusedException;
import dev.roster.console.gateway.Roster;
import dev.roster.console.gateway.ServerAwayException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A Roster server in memory, with users, roles, versions and revisions as the API has them, and with ways to fail. One lock
 * guards everything.
 */
public final class FakeRoster implements Gateway {
    final InstantSource clock;
    final Map<String, User> users = new TreeMap<>();
    final Map<String, String> passwords = new TreeMap<>();
    final Map<String, Token> tokens = new TreeMap<>();
    final Map<String, Map<String, Map<String, Instance>>> services = new TreeMap<>();
    final Map<String, Map<String, FakeItem>> items = new TreeMap<>();
    final List<String> revoked = new ArrayList<>();
    long revision = 1;
    private int failures;
    private boolean open;
    private @Nullable RuntimeException failure;
    private @Nullable Runnable beforeChange;
    @Nullable
    ClusterStatus cluster;

    /** Starts with one admin, {@code admin}/{@code correct horse battery}. */
    public FakeRoster(InstantSource clock) {
        this.clock = clock;
        addUser("admin", Role.ADMIN, "correct horse battery");
    }

    /** Adds a user. */
    public synchronized void addUser(String name, Role role, String password) {
        users.put(name, new User(name, role, clock.instant()));
        passwords.put(name, password);
        revision++;
    }

    /** Registers an instance. */
    public synchronized void register(String namespace, String service, String id, String host, int port,
            @Nullable String zone, Map<String, String> metadata) {
        revision++;
        services.computeIfAbsent(namespace, ns -> new TreeMap<>()).computeIfAbsent(service, name -> new TreeMap<>())
                .put(id, new Instance(namespace, service, id, host, port, port == 443, Duration.ofSeconds(30), zone,
                        metadata, clock.instant(), revision));
    }

    /** Removes every instance of a service. */
    public synchronized void deregisterAll(String namespace, String service) {
        revision++;
        services.getOrDefault(namespace, new TreeMap<>()).remove(service);
    }

    /** From now on everything throws {@code wanted}; null ends it. */
    public synchronized void failWith(@Nullable RuntimeException wanted) {
        failure = wanted;
    }

    /** From now on no request is answered. */
    public void goAway() {
        failWith(new ServerAwayException("127.0.0.1:7400: connection refused", false, null));
    }

    /** Just before the next change, {@code interference} happens, as if somebody else were faster. */
    public synchronized void interfere(Runnable interference) {
        beforeChange = interference;
    }

    /** Whether callers without credentials are admins. */
    public synchronized void setOpen(boolean isOpen) {
        open = isOpen;
    }

    /** What the cluster looks like; a single leader otherwise. */
    public synchronized void setCluster(ClusterStatus status) {
        cluster = status;
    }

    /** Ids of the tokens that were revoked, in order. */
    public synchronized List<String> revoked() {
        return List.copyOf(revoked);
    }

    /** Ends every token, as if an admin had revoked them. */
    public synchronized void endTokens() {
        tokens.clear();
    }

    @Override
    public synchronized Optional<Identity> anonymous() {
        fail();
        return open ? Optional.of(new Identity("anonymous", Role.ADMIN)) : Optional.empty();
    }

    @Override
    public synchronized IssuedToken signIn(String user, String password, Duration ttl) {
        fail();
        if (failures >= 5) {
            throw refused(429, "too-many-requests", "Too many failed attempts.", Duration.ofSeconds(42));
        }
        if (!password.equals(passwords.get(user))) {
            failures++;
            throw refused(401, "unauthenticated", "Wrong name or password.", null);
        }
        failures = 0;
        return issue(user, new TokenRequest("console", null, ttl), users.get(user).role());
    }

    @Override
    public Roster as(@Nullable AccessToken token) {
        return new FakeAccess(this, token == null ? null : token.secret());
    }

    synchronized IssuedToken issue(String user, TokenRequest request, Role own) {
        Role role = request.role() == null ? own : request.role();
        String description = request.description() == null ? "" : request.description();
        if (description.isEmpty() || description.length() > 200) {
            throw invalid("description", description, "1 to 200 characters");
        }
        Duration ttl = request.ttl() == null ? Duration.ofHours(12) : request.ttl();
        String id = "t" + (++revision);
        Token token = new Token(id, user, role, description, clock.instant(), clock.instant().plus(ttl),
                Boolean.TRUE.equals(request.secrets()), namespaces(request.secretNamespaces()));
        tokens.put("rst_secret-of-" + id, token);
        return new IssuedToken("rst_secret-of-" + id, token);
    }

    static List<String> namespaces(@Nullable List<String> names) {
        List<String> wanted = names == null ? List.of() : names;
        wanted.stream().filter(name -> !name.matches("[a-z0-9-]{1,63}")).findFirst().ifPresent(name -> {
            throw invalid("secretNamespaces", name, "1 to 63 characters of [a-z0-9-]");
        });
        return wanted;
    }

    void fail() {
        if (failure != null) {
            throw failure;
        }
    }

    void aboutToChange() {
        Runnable interference = beforeChange;
        beforeChange = null;
        if (interference != null) {
            interference.run();
        }
    }

    Instant now() {
        return clock.instant();
    }

    /** A problem as the server would answer. */
    public static RefusedException refused(int status, String code, String detail, @Nullable Duration retryAfter) {
        return new RefusedException(problem(status, code, detail, List.of()), retryAfter, null);
    }

    static RefusedException invalid(String field, @Nullable String value, String expected) {
        Problem.Violation violation = new Problem.Violation(field, value, expected, null, null);
        return new RefusedException(
                problem(400, "invalid-argument", field + ": expected " + expected, List.of(violation)), null, null);
    }

    static Problem problem(int status, String code, String detail, List<Problem.Violation> violations) {
        return new Problem(URI.create("https://roster.dev/problems/" + code), code, status, detail, "/api/v1", code,
                "request-1", null, violations, null, null, null);
    }

    /** One page of a list whose cursor is a position. */
    static <T> Page<T> page(long revision, List<T> all, Roster.ListQuery query) {
        int from = query.cursor() == null ? 0 : Integer.parseInt(query.cursor());
        int to = Math.min(all.size(), from + query.limit());
        return new Page<>(revision, all.subList(from, to), to < all.size() ? Integer.toString(to) : null);
    }
}
