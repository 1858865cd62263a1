package dev.roster.client;

import dev.roster.api.watch.WatchRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One request, before it is bound to an address.
 *
 * @param method HTTP method
 * @param target path and query below {@code /api/v1}, encoded
 * @param route path with the names of fields in place of their values
 * @param headers further headers
 * @param body what to send as JSON, null for nothing
 * @param repeat when it may be sent again
 * @param patience for how long the server was asked to wait before it answers
 */
record Call(String method, String target, String route, Map<String, String> headers, @Nullable Object body,
        Repeat repeat, Duration patience) {

    private Call(String method, Path path, @Nullable Object body, Repeat repeat) {
        this(method, path.toString(), path.route(), Map.of(), body, repeat, Duration.ZERO);
    }

    /** When a call may be sent again although an earlier attempt may have arrived. */
    enum Repeat {
        /** Always: it changes nothing. */
        READ,
        /** Always: doing it twice is the same as doing it once. */
        IDEMPOTENT,
        /** Only if no earlier attempt can have been carried out. */
        UNREPEATABLE
    }

    static Call read(Path path) {
        return new Call("GET", path, null, Repeat.READ);
    }

    static Call watch(WatchRequest request) {
        return new Call("POST", new Path("/watch"), request, Repeat.READ);
    }

    static Call idempotent(String method, Path path, @Nullable Object body) {
        return new Call(method, path, body, Repeat.IDEMPOTENT);
    }

    static Call unrepeatable(String method, Path path, @Nullable Object body) {
        return new Call(method, path, body, Repeat.UNREPEATABLE);
    }

    Call withHeader(String name, String value) {
        return withHeaders(Map.of(name, value));
    }

    Call withHeaders(Map<String, String> more) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.putAll(more);
        return new Call(method, target, route, all, body, repeat, patience);
    }

    Call linearizable() {
        return new Call(method, withQuery("consistency=linearizable"), route, headers, body, repeat, patience);
    }

    /** Asks the server to wait before it answers; the answer may take so much longer. */
    Call waiting(Duration time) {
        return new Call(method, withQuery("wait=" + time), route, headers, body, repeat, time);
    }

    private String withQuery(String parameter) {
        return target + (target.indexOf('?') < 0 ? '?' : '&') + parameter;
    }

    /** A path with its query, built from plain text. */
    static final class Path {
        private final StringBuilder text = new StringBuilder();
        private final StringBuilder route = new StringBuilder();
        private boolean hasQuery;

        Path(String literal) {
            text.append(literal);
            route.append(literal);
        }

        /**
         * Adds a segment.
         *
         * @throws RosterRejectedException with {@code invalid-argument} if no path can carry it
         */
        Path segment(String field, String value) {
            if (value.isEmpty() || value.equals(".") || value.equals("..")) {
                throw new RosterRejectedException(Problems.invalidArgument(field, value, text.toString()));
            }
            text.append('/').append(encode(value));
            route.append("/{").append(field).append('}');
            return this;
        }

        Path literal(String part) {
            text.append(part);
            route.append(part);
            return this;
        }

        Path query(String name, @Nullable Object value) {
            if (value != null) {
                text.append(hasQuery ? '&' : '?').append(name).append('=').append(encode(value.toString()));
                hasQuery = true;
            }
            return this;
        }

        Path page(PageRequest page) {
            return query("prefix", page.prefix()).pageWithoutPrefix(page);
        }

        Path pageWithoutPrefix(PageRequest page) {
            return query("limit", page.limit()).query("cursor", page.cursor());
        }

        String route() {
            return route.toString();
        }

        private static String encode(String value) {
            return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
        }

        @Override
        public String toString() {
            return text.toString();
        }
    }
}
