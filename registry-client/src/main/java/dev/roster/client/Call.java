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
 * @param headers further headers
 * @param body what to send as JSON, null for nothing
 * @param repeat when it may be sent again
 * @param patience for how long the server was asked to wait before it answers
 */
record Call(String method, String target, Map<String, String> headers, @Nullable Object body, Repeat repeat,
        Duration patience) {

    private Call(String method, String target, @Nullable Object body, Repeat repeat) {
        this(method, target, Map.of(), body, repeat, Duration.ZERO);
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
        return new Call("GET", path.toString(), null, Repeat.READ);
    }

    static Call watch(WatchRequest request) {
        return new Call("POST", "/watch", request, Repeat.READ);
    }

    static Call idempotent(String method, Path path, @Nullable Object body) {
        return new Call(method, path.toString(), body, Repeat.IDEMPOTENT);
    }

    static Call unrepeatable(String method, Path path, @Nullable Object body) {
        return new Call(method, path.toString(), body, Repeat.UNREPEATABLE);
    }

    Call withHeader(String name, String value) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.put(name, value);
        return new Call(method, target, all, body, repeat, patience);
    }

    Call linearizable() {
        return new Call(method, target + (target.indexOf('?') < 0 ? '?' : '&') + "consistency=linearizable", headers,
                body, repeat, patience);
    }

    /** Asks the server to wait before it answers; the answer may take so much longer. */
    Call waiting(Duration time) {
        return new Call(method, target + (target.indexOf('?') < 0 ? '?' : '&') + "wait=" + time, headers, body, repeat,
                time);
    }

    /** A path with its query, built from plain text. */
    static final class Path {
        private final StringBuilder text = new StringBuilder();
        private boolean hasQuery;

        Path(String literal) {
            text.append(literal);
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
            return this;
        }

        Path literal(String part) {
            text.append(part);
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

        private static String encode(String value) {
            return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
        }

        @Override
        public String toString() {
            return text.toString();
        }
    }
}
