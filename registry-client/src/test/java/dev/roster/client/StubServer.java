package dev.roster.client;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A server on loopback that answers what a test has scripted and remembers what it was asked. */
final class StubServer implements AutoCloseable {
    private final HttpServer http;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private final BlockingQueue<Stream> streams = new LinkedBlockingQueue<>();
    private final Deque<Answer> script = new ArrayDeque<>();
    private volatile Answer otherwise = Answer.json(200, "{}");
    private volatile Answer watchAnswer = StubServer::stream;

    record Asked(String method, String target, Map<String, List<String>> headers, String body) {
        String header(String name) {
            return headers.getOrDefault(name, List.of("")).get(0);
        }

        String line() {
            return method + " " + target;
        }
    }

    @FunctionalInterface
    interface Answer {
        void give(StubServer server, HttpExchange exchange, String body) throws IOException;

        static Answer json(int status, String body, String... headers) {
            return (server, exchange, request) -> {
                exchange.getResponseHeaders().set("Content-Type", "application/json");
                for (int i = 0; i < headers.length; i += 2) {
                    exchange.getResponseHeaders().set(headers[i], headers[i + 1]);
                }
                byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(status, status == 204 ? -1 : bytes.length);
                if (status != 204) {
                    exchange.getResponseBody().write(bytes);
                }
                exchange.close();
            };
        }

        static Answer problem(int status, String code, String fields, String... headers) {
            return json(status, """
                    {"type": "https://roster.dev/problems/%s", "title": "t", "status": %d, "detail": "because",
                     "instance": "/x", "code": "%s"%s, "violations": []}""".formatted(code, status, code, fields),
                    headers);
        }

        /** Breaks the connection off without an answer. */
        static Answer broken() {
            return (server, exchange, request) -> {
                throw new IOException("broken off by the test");
            };
        }
    }

    /** A stream of events that a client has opened. */
    final class Stream {
        private final HttpExchange exchange;
        private final String request;

        Stream(HttpExchange exchange, String request) {
            this.exchange = exchange;
            this.request = request;
        }

        String request() {
            return request;
        }

        String header(String name) {
            return exchange.getRequestHeaders().getFirst(name);
        }

        Stream send(String type, long revision, String data) {
            try {
                exchange.getResponseBody().write(
                        ("event: " + type + "\nid: " + revision + "\ndata: " + data + "\n\n")
                                .getBytes(StandardCharsets.UTF_8));
                exchange.getResponseBody().flush();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return this;
        }

        void end() {
            exchange.close();
        }
    }

    StubServer() throws IOException {
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.setExecutor(threads);
        http.createContext("/", this::handle);
        http.start();
    }

    String address() {
        return "http://127.0.0.1:" + http.getAddress().getPort();
    }

    /** Answers the next request, apart from streams, so. */
    StubServer next(Answer answer) {
        synchronized (script) {
            script.add(answer);
        }
        return this;
    }

    /** Answers every request that nothing is scripted for so. */
    StubServer otherwise(Answer answer) {
        otherwise = answer;
        return this;
    }

    /** Answers requests for a stream so, or with a stream again when null. */
    StubServer watchAnswer(Answer answer) {
        watchAnswer = answer == null ? StubServer::stream : answer;
        return this;
    }

    List<Asked> asked() {
        return asked;
    }

    /** Returns the next stream that a client opens, or has opened. */
    Stream stream() {
        try {
            Stream stream = streams.poll(10, TimeUnit.SECONDS);
            if (stream == null) {
                throw new AssertionError("no stream was opened within 10 s");
            }
            return stream;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    boolean hasStream() {
        return !streams.isEmpty();
    }

    private void handle(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        asked.add(new Asked(exchange.getRequestMethod(), exchange.getRequestURI().toString(),
                Map.copyOf(exchange.getRequestHeaders()), body));
        answer(exchange).give(this, exchange, body);
    }

    private Answer answer(HttpExchange exchange) {
        if (exchange.getRequestURI().getPath().equals("/api/v1/watch")) {
            return watchAnswer;
        }
        synchronized (script) {
            return script.isEmpty() ? otherwise : script.remove();
        }
    }

    /** Answers with a stream that has a name, so that it is acknowledged. */
    static Answer namedStream(String watch) {
        return (server, exchange, request) -> {
            exchange.getResponseHeaders().set("Roster-Watch", watch);
            stream(server, exchange, request);
        };
    }

    private static void stream(StubServer server, HttpExchange exchange, String request) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        exchange.getResponseBody().flush();
        server.streams.add(server.new Stream(exchange, request));
    }

    @Override
    public void close() {
        http.stop(0);
        threads.shutdownNow();
    }
}
