package dev.roster.console.fake;

import static dev.roster.console.fake.FakeRoster.invalid;
import static dev.roster.console.fake.FakeRoster.page;
import static dev.roster.console.fake.FakeRoster.refused;

import dev.roster.api.Page;
import dev.roster.api.Problem;
import dev.roster.api.cluster.ClusterStatus;
import dev.roster.api.config.ConfigFormat;
import dev.roster.api.config.ConfigItem;
import dev.roster.api.config.ConfigSummary;
import dev.roster.api.config.ConfigVersion;
import dev.roster.api.config.ConfigVersion.Action;
import dev.roster.api.config.PublishRequest;
import dev.roster.api.config.RollbackRequest;
import dev.roster.api.registry.Instance;
import dev.roster.api.registry.ServiceInstances;
import dev.roster.api.registry.ServiceSummary;
import dev.roster.api.security.IssuedToken;
import dev.roster.api.security.Role;
import dev.roster.api.security.Token;
import dev.roster.api.security.TokenRequest;
import dev.roster.api.security.User;
import dev.roster.api.security.UserRequest;
import dev.roster.console.gateway.RefusedException;
import dev.roster.console.gateway.Roster;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The fake server as the holder of a token sees it. */
record FakeAccess(FakeRoster server, @Nullable String secret) implements Roster {

    private <T> T call(Role needed, Supplier<T> answer) {
        synchronized (server) {
            server.fail();
            Role role = role();
            if (role.compareTo(needed) < 0) {
                throw refused(403, "forbidden", "Needs role " + needed + ", has role " + role + ".", null);
            }
            return answer.get();
        }
    }

    private <T> T change(Role needed, Supplier<T> answer) {
        synchronized (server) {
            server.aboutToChange();
        }
        return call(needed, answer);
    }

    private Role role() {
        if (secret == null) {
            return Role.ADMIN;
        }
        Token token = server.tokens.get(secret);
        if (token == null) {
            throw refused(401, "unauthenticated", "The token is unknown, expired or revoked.", null);
        }
        return token.role();
    }

    private String me() {
        return secret == null ? "anonymous" : server.tokens.get(secret).user();
    }

    @Override
    public Page<String> listNamespaces() {
        return call(Role.READER, () -> {
            TreeSet<String> names = new TreeSet<>(server.services.keySet());
            names.addAll(server.items.keySet());
            return new Page<>(server.revision, List.copyOf(names), null);
        });
    }

    @Override
    public Page<ServiceSummary> listServices(String namespace, ListQuery query) {
        return call(Role.READER, () -> page(server.revision,
                server.services.getOrDefault(namespace, Map.of()).entrySet().stream()
                        .filter(entry -> entry.getKey().startsWith(query.prefix()))
                        .map(entry -> new ServiceSummary(namespace, entry.getKey(), entry.getValue().size())).toList(),
                query));
    }

    @Override
    public ServiceInstances getService(String namespace, String service) {
        return call(Role.READER, () -> {
            Map<String, Instance> instances = server.services.getOrDefault(namespace, Map.of()).get(service);
            if (instances == null || instances.isEmpty()) {
                throw refused(404, "service-not-found", "No instance of " + service + ".", null);
            }
            return new ServiceInstances(namespace, service, server.revision, List.copyOf(instances.values()));
        });
    }

    @Override
    public Page<ConfigSummary> listConfigs(String namespace, ListQuery query) {
        return call(Role.READER,
                () -> page(server.revision,
                        server.items.getOrDefault(namespace, Map.of()).values().stream()
                                .filter(item -> item.name.startsWith(query.prefix()) && item.current().isPresent())
                                .map(FakeItem::summary).toList(),
                        query));
    }

    @Override
    public ConfigItem getConfig(String namespace, String item) {
        return call(Role.READER, () -> current(namespace, item));
    }

    @Override
    public ConfigItem getConfigVersion(String namespace, String item, long version) {
        return call(Role.READER,
                () -> item(namespace, item).contents.stream().filter(each -> each.version() == version).findFirst()
                        .orElseThrow(() -> refused(404, "version-not-found", "No version " + version + ".", null)));
    }

    @Override
    public Page<ConfigVersion> listConfigVersions(String namespace, String item, ListQuery query) {
        return call(Role.READER, () -> page(server.revision, item(namespace, item).versions.reversed(), query));
    }

    @Override
    public ConfigItem publish(String namespace, String item, PublishRequest request, long baseVersion) {
        return change(Role.EDITOR, () -> {
            check(item, request);
            FakeItem known = server.items.computeIfAbsent(namespace, ns -> new TreeMap<>()).computeIfAbsent(item,
                    name -> new FakeItem(namespace, name));
            long present = known.current().map(ConfigItem::version).orElse(0L);
            if (baseVersion > 0 && present == 0) {
                throw refused(404, "config-not-found", "There is no " + item + ".", null);
            }
            checkVersion(present, baseVersion);
            return known.add(Action.PUBLISHED, request.format(), request.content(), request.comment(), null, me(),
                    server.now(), ++server.revision);
        });
    }

    private static void check(String item, PublishRequest request) {
        if (!item.matches("[A-Za-z0-9]([A-Za-z0-9._-]{0,126}[A-Za-z0-9])?")) {
            throw invalid("item", item, "letters, digits, '.', '_' and '-', 1 to 128 characters");
        }
        int flaw = request.content().indexOf("]]bad");
        if (request.format() != ConfigFormat.TEXT && flaw >= 0) {
            String before = request.content().substring(0, flaw);
            int line = (int) before.chars().filter(c -> c == '\n').count() + 1;
            int column = flaw - before.lastIndexOf('\n');
            Problem.Violation violation = new Problem.Violation("content", null, "a YAML document", line, column);
            throw new RefusedException(FakeRoster.problem(400, "invalid-document",
                    "Line %d, column %d: expected <block end>, but found ']'".formatted(line, column),
                    List.of(violation)), null, null);
        }
    }

    private static void checkVersion(long present, long base) {
        if (present != base) {
            throw refused(412, "version-mismatch", "Version " + present + " is current.", null);
        }
    }

    @Override
    public ConfigItem rollBack(String namespace, String item, RollbackRequest request, long baseVersion) {
        return change(Role.EDITOR, () -> {
            checkVersion(current(namespace, item).version(), baseVersion);
            ConfigItem target = getConfigVersion(namespace, item, request.toVersion());
            return item(namespace, item).add(Action.ROLLED_BACK, target.format(), target.content(), request.comment(),
                    target.version(), me(), server.now(), ++server.revision);
        });
    }

    @Override
    public void deleteConfig(String namespace, String item, long baseVersion) {
        change(Role.EDITOR, () -> {
            checkVersion(current(namespace, item).version(), baseVersion);
            return item(namespace, item).add(Action.DELETED, ConfigFormat.TEXT, "", null, null, me(), server.now(),
                    ++server.revision);
        });
    }

    private ConfigItem current(String namespace, String item) {
        return item(namespace, item).current()
                .orElseThrow(() -> refused(404, "config-not-found", "There is no " + item + ".", null));
    }

    private FakeItem item(String namespace, String item) {
        FakeItem known = server.items.getOrDefault(namespace, Map.of()).get(item);
        if (known == null) {
            throw refused(404, "config-not-found", "There is no " + item + ".", null);
        }
        return known;
    }

    @Override
    public ClusterStatus cluster() {
        return call(Role.READER, () -> server.cluster != null
                ? server.cluster
                : new ClusterStatus("0c8d9f61-3b3c-4f0e-9a55-6f1b2f9f3d10", "member-1", "member-1", 1, server.revision,
                        List.of(new ClusterStatus.Member("member-1", "127.0.0.1:7401", true, true))));
    }

    @Override
    public Page<User> listUsers(ListQuery query) {
        return call(Role.ADMIN, () -> page(server.revision, List.copyOf(server.users.values()), query));
    }

    @Override
    public User putUser(String name, UserRequest request) {
        boolean password = request.role() == null && request.secrets() == null && request.secretNamespaces() == null;
        Role needed = name.equals(me()) && password ? Role.READER : Role.ADMIN;
        return change(needed, () -> {
            if (!name.matches("[a-z0-9._-]{1,63}")) {
                throw invalid("name", name, "1 to 63 characters of [a-z0-9._-]");
            }
            if (request.password() != null && request.password().length() < 12) {
                throw invalid("password", null, "12 to 200 characters");
            }
            User known = server.users.get(name);
            Role role = request.role() != null ? request.role() : known.role();
            if (known != null && known.role() == Role.ADMIN && role != Role.ADMIN) {
                keepAnAdmin();
            }
            if (request.password() != null) {
                server.passwords.put(name, request.password());
            }
            boolean silent = request.secrets() == null && request.secretNamespaces() == null && known != null;
            boolean everywhere = silent ? known.secrets() : Boolean.TRUE.equals(request.secrets());
            List<String> namespaces = silent
                    ? known.secretNamespaces()
                    : FakeRoster.namespaces(request.secretNamespaces());
            User changed = new User(name, role, known == null ? server.now() : known.createdAt(), everywhere,
                    namespaces);
            server.users.put(name, changed);
            return changed;
        });
    }

    @Override
    public void deleteUser(String name) {
        change(Role.ADMIN, () -> {
            User known = server.users.get(name);
            if (known == null) {
                throw refused(404, "user-not-found", "No user " + name + ".", null);
            }
            if (known.role() == Role.ADMIN) {
                keepAnAdmin();
            }
            return server.users.remove(name);
        });
    }

    private void keepAnAdmin() {
        if (server.users.values().stream().filter(user -> user.role() == Role.ADMIN).count() == 1) {
            throw refused(409, "conflict", "There must be an admin.", null);
        }
    }

    @Override
    public Page<Token> listTokens(ListQuery query) {
        return call(Role.READER,
                () -> page(server.revision, server.tokens.values().stream()
                        .filter(token -> role() == Role.ADMIN || token.user().equals(me())).toList(), query));
    }

    @Override
    public IssuedToken issueToken(TokenRequest request) {
        return change(Role.READER, () -> {
            if (request.role() != null && request.role().compareTo(role()) > 0) {
                throw refused(403, "forbidden", "A token may do at most what you may.", null);
            }
            return server.issue(me(), request, role());
        });
    }

    @Override
    public void revokeToken(String id) {
        change(Role.READER, () -> {
            if (!server.tokens.values().removeIf(token -> token.id().equals(id))) {
                throw refused(404, "token-not-found", "No token " + id + ".", null);
            }
            return server.revoked.add(id);
        });
    }

    @Override
    public void revokeOwnToken() {
        call(Role.READER, () -> server.revoked.add(server.tokens.remove(secret).id()));
    }
}
