package dev.roster.spring.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * The part of a Roster server that an application uses, in memory: registration, and the stream of changes. It can be taken
 * away and brought back on the same port.
 */
public final class FakeRoster implements AutoCloseable {
    private static final Pattern INSTANCE = Pattern
            .compile("/api/v1/namespaces/[^/]+/services/([^/]+)/instances/([^/]+)(/heartbeat|/drain)?");
    private static final Pattern TARGET = Pattern.compile("\\{\"namespace\":\"([^\"]+)\",\"name\":\"([^\"]+)\"}");

    private final @Nullable SSLContext tls;
    private final int port;
    private final List<String> calls = new CopyOnWriteArrayList<>();
    private final List<String> reports = new CopyOnWriteArrayList<>();
    private final Set<String> tokens = ConcurrentHashMap.newKeySet();
    private final List<String> traces = new CopyOnWriteArrayList<>();
    private final Map<String, Map<String, String>> services = new TreeMap<>();
    private final Map<String, String> definitions = new TreeMap<>();
    private final Map<String, String> configs = new TreeMap<>();
    private final Map<String, Long> versions = new TreeMap<>();
    private final List<OutputStreamOfEvents> streams = new ArrayList<>();
    private ExecutorService threads;
    private HttpServer http;
    private long revision;
    private volatile boolean refusing;

    private record OutputStreamOfEvents(HttpExchange exchange, String request) {
        void send(String event, long revision, String data) throws IOException {
            exchange.getResponseBody().write(("event: " + event + "\nid: " + revision + "\ndata: " + data + "\n\n")
                    .getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().flush();
        }
    }

    /** Starts one. */
    public FakeRoster() {
        this(null);
    }

    /** Starts one that speaks TLS, if given how. */
    public FakeRoster(@Nullable SSLContext tls) {
        this.tls = tls;
        start(0);
        port = http.getAddress().getPort();
    }

    private void start(int onPort) {
        try {
            threads = Executors.newCachedThreadPool();
            InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), onPort);
            if (tls == null) {
                http = HttpServer.create(address, 0);
            } else {
                HttpsServer https = HttpsServer.create(address, 0);
                https.setHttpsConfigurator(new HttpsConfigurator(tls));
                http = https;
            }
            http.setExecutor(threads);
            http.createContext("/", this::handle);
            http.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String address() {
        return (tls == null ? "http" : "https") + "://127.0.0.1:" + port;
    }

    /** Returns what was asked, method and path, except for the stream. */
    public List<String> calls() {
        return calls;
    }

    /** Returns the reports on configuration, each after who made it. */
    public List<String> reports() {
        return reports;
    }

    /** Returns what was asked of the stream, the last request last. */
    public synchronized List<String> watches() {
        return streams.stream().map(OutputStreamOfEvents::request).toList();
    }

    /** Returns the credentials that have been shown. */
    public Set<String> tokens() {
        return tokens;
    }

    /** Returns the headers {@code traceparent} that were there, of the stream too. */
    public List<String> traces() {
        return traces;
    }

    public void refuse(boolean value) {
        refusing = value;
    }

    public synchronized void leave() {
        streams.clear();
        http.stop(0);
        threads.shutdownNow();
    }

    public synchronized void comeBack() {
        start(port);
    }

    /** Publishes an item, {@code namespace/name} in another namespace than the default one. */
    public synchronized FakeRoster publish(String item, String content) {
        return publish(item, "yaml", content);
    }

    public synchronized FakeRoster publish(String item, String format, String content) {
        long version = versions.merge(item, 1L, Long::sum);
        revision++;
        configs.put(item, """
                {"namespace": "%s", "name": "%s", "format": "%s", "content": "%s", "version": %d, "contentHash": "%x",\
                 "publishedAt": "2026-01-02T03:04:05Z", "publishedBy": "test", "revision": %d}""".formatted(
                namespace(item), item.substring(item.indexOf('/') + 1), format,
                content.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n"), version, content.hashCode(),
                revision).strip());
        change("", config(item));
        return this;
    }

    public synchronized FakeRoster delete(String item) {
        configs.remove(item);
        revision++;
        change("", config(item));
        return this;
    }

    public FakeRoster register(String service, String id, String host, int onPort) {
        return register(service, id, host, onPort, "z1", "\"k\": \"v\"");
    }

    public synchronized FakeRoster register(String service, String id, String host, int onPort, String zone,
            String metadata) {
        revision++;
        services.computeIfAbsent(service, key -> new TreeMap<>()).put(id, """
                {"namespace": "default", "service": "%s", "id": "%s", "host": "%s", "port": %d, "secure": false,\
                 "ttl": "PT30S", "zone": "%s", "metadata": {%s}, "registeredAt": "2026-01-02T03:04:05Z",\
                 "revision": %d}""".formatted(service, id, host, onPort, zone, metadata, revision).strip());
        change(instance(service, id), "");
        return this;
    }

    /** Has an instance say how it is. */
    public synchronized FakeRoster say(String service, String id, String status) {
        revision++;
        services.get(service).computeIfPresent(id, (key, json) -> json.replaceFirst("\"status\": \"[a-z_]+\", ", "")
                .replaceFirst("^\\{", "{\"status\": \"" + status + "\", "));
        change(instance(service, id), "");
        return this;
    }

    private String drain(String service, String id) {
        say(service, id, "draining");
        return """
                {"revision": %d, "outcome": "acknowledged", "instance": %s, "subscribers": 0, "silent": 0, "lagging": 0,\
                 "pending": [], "unheardMembers": []}""".formatted(revision, services.get(service).get(id));
    }

    /** Defines a service. */
    public synchronized FakeRoster define(String service, double protectionThreshold) {
        revision++;
        definitions.put(service, """
                {"namespace": "default", "service": "%s", "protectionThreshold": %s, "persistent": false, "definedBy": "test",\
                 "definedAt": "2026-01-02T03:04:05Z", "revision": %d}""".formatted(service, protectionThreshold,
                revision));
        return this;
    }

    public synchronized boolean deregister(String service, String id) {
        boolean removed = services.getOrDefault(service, new TreeMap<>()).remove(id) != null;
        if (removed) {
            revision++;
            change(instance(service, id), "");
        }
        return removed;
    }

    public synchronized List<String> instances(String service) {
        return List.copyOf(services.getOrDefault(service, Map.of()).keySet());
    }

    public synchronized String instanceJson(String service, String id) {
        return services.get(service).get(id);
    }

    private void change(String instances, String changedConfigs) {
        streams.removeIf(stream -> {
            try {
                stream.send("change", revision, "{\"revision\": %d, \"instances\": [%s], \"configs\": [%s]}"
                        .formatted(revision, instances, changedConfigs));
                return false;
            } catch (IOException e) {
                return true;
            }
        });
    }

    private String config(String item) {
        return "{\"namespace\": \"%s\", \"name\": \"%s\", \"item\": %s}".formatted(namespace(item),
                item.substring(item.indexOf('/') + 1), configs.get(item));
    }

    private static String namespace(String item) {
        int slash = item.indexOf('/');
        return slash < 0 ? "default" : item.substring(0, slash);
    }

    private String instance(String service, String id) {
        return "{\"namespace\": \"default\", \"service\": \"%s\", \"id\": \"%s\", \"instance\": %s}".formatted(service,
                id,
                services.getOrDefault(service, Map.of()).get(id));
    }

    private String service(String name) {
        return "{\"namespace\": \"default\", \"service\": \"%s\", \"revision\": %d, \"definition\": %s, \"instances\": [%s]}"
                .formatted(name, revision, definitions.get(name),
                        String.join(",", services.getOrDefault(name, Map.of()).values()));
    }

    private void handle(HttpExchange exchange) throws IOException {
        tokens.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
        traces.addAll(exchange.getRequestHeaders().getOrDefault("traceparent", List.of()));
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String path = exchange.getRequestURI().getPath();
        if (refusing) {
            answer(exchange, 401, """
                    {"type": "x:y", "title": "t", "status": 401, "detail": "valid credentials are needed", "instance": "/",
                     "code": "unauthenticated", "violations": []}""");
        } else if (path.equals("/api/v1/watch")) {
            watch(exchange, body);
        } else if (path.contains("/config-reports/")) {
            reports.add(path.substring(path.lastIndexOf('/') + 1) + " " + body);
            answer(exchange, 204, "");
        } else {
            calls.add(exchange.getRequestMethod() + " " + path);
            answer(exchange, path, body);
        }
    }

    private synchronized void answer(HttpExchange exchange, String path, String body) throws IOException {
        Matcher matcher = INSTANCE.matcher(path);
        if (path.endsWith("/services")) {
            answer(exchange, 200, "{\"revision\": %d, \"items\": [%s]}".formatted(revision,
                    services.keySet().stream()
                            .map(name -> "{\"namespace\": \"default\", \"name\": \"%s\", \"instances\": 1}"
                                    .formatted(name))
                            .collect(Collectors.joining(","))));
        } else if (!matcher.matches()) {
            answer(exchange, 404, "{}");
        } else {
            String service = matcher.group(1);
            String id = matcher.group(2);
            boolean exists = instances(service).contains(id);
            switch (exchange.getRequestMethod() + (matcher.group(3) == null ? "" : matcher.group(3))) {
                case "PUT" -> {
                    revision++;
                    services.computeIfAbsent(service, key -> new TreeMap<>()).put(id,
                            body.replaceFirst("^\\{", """
                                    {"namespace": "default", "service": "%s", "id": "%s",\
                                     "registeredAt": "2026-01-02T03:04:05Z", "revision": %d,""".formatted(service, id,
                                    revision)));
                    change(instance(service, id), "");
                    answer(exchange, exists ? 200 : 201, services.get(service).get(id));
                }
                case "POST/drain" -> answer(exchange, exists ? 200 : 404, exists ? drain(service, id) : "{}");
                case "DELETE" -> answer(exchange, deregister(service, id) ? 204 : 404, "");
                default -> answer(exchange, exists ? 204 : 404, exists ? "" : """
                        {"type": "x:y", "title": "t", "status": 404, "detail": "gone", "instance": "/",
                         "code": "instance-not-found", "violations": []}""");
            }
        }
    }

    private synchronized void watch(HttpExchange exchange, String request) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        OutputStreamOfEvents stream = new OutputStreamOfEvents(exchange, request);
        if (request.contains("\"since\"")) {
            stream.send("progress", revision, "{\"revision\": " + revision + "}");
        } else {
            int split = request.indexOf("\"configs\"");
            stream.send("snapshot", revision, "{\"revision\": %d, \"services\": [%s], \"configs\": [%s]}".formatted(
                    revision,
                    targets(request.substring(0, split)).stream().map(this::service).collect(Collectors.joining(",")),
                    targets(request.substring(split)).stream().map(this::config).collect(Collectors.joining(","))));
        }
        streams.add(stream);
    }

    private static List<String> targets(String request) {
        List<String> names = new ArrayList<>();
        for (Matcher matcher = TARGET.matcher(request); matcher.find();) {
            names.add((matcher.group(1).equals("default") ? "" : matcher.group(1) + "/") + matcher.group(2));
        }
        return names;
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        if (bytes.length > 0) {
            exchange.getResponseBody().write(bytes);
        }
        exchange.close();
    }

    @Override
    public void close() {
        leave();
    }
}
