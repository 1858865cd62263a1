package dev.roster.server.registry;

import dev.roster.server.security.InvalidArgumentException;
import dev.roster.server.store.GrantLease;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a check is made. A member calls the host of the instance and no other: whoever registers a check cannot have it call
 * anything else.
 */
public sealed interface CheckMethod {

    /**
     * The instance reports, and is taken to be critical when it has not done so for some time.
     *
     * @param ttl for how long a report holds, {@link GrantLease#MIN_TTL} to {@link GrantLease#MAX_TTL}
     */
    record Report(Duration ttl) implements CheckMethod {

        /** Refuses what is out of range with {@link InvalidArgumentException}. */
        public Report {
            if (ttl.compareTo(GrantLease.MIN_TTL) < 0 || ttl.compareTo(GrantLease.MAX_TTL) > 0) {
                throw new InvalidArgumentException("checks.ttl", ttl, GrantLease.MIN_TTL + " (1 second) to "
                        + GrantLease.MAX_TTL + " (1 day), as an ISO 8601 duration");
            }
        }
    }

    /** A member calls the instance. */
    sealed interface Call extends CheckMethod {

        /** Returns which port it calls, null for the main one. */
        @Nullable
        Integer port();

        /** Returns how it makes sure whom it speaks to, null if it does not use TLS. */
        @Nullable
        CheckTls tls();

        /** Returns when it calls. */
        Schedule schedule();
    }

    /**
     * A member connects to a port of the instance; all is well when it can.
     *
     * @param port which port, 1 to 65535; null for the main one
     * @param schedule when, and what to make of the results
     */
    record Tcp(@Nullable Integer port, Schedule schedule) implements Call {

        /** Refuses what is out of range with {@link InvalidArgumentException}. */
        public Tcp {
            checkPort("checks.tcp.port", port);
        }

        @Override
        public @Nullable CheckTls tls() {
            return null;
        }
    }

    /**
     * A member asks the instance by HTTP/1.1. Status 200 to 299 passes, 429 is a warning, all others are critical; redirects
     * are not followed.
     *
     * @param path what to ask for, with its query: begins with a slash, 1 to {@value #MAX_PATH_CHARACTERS} visible ASCII
     *     characters
     * @param port which port, 1 to 65535; null for the main one
     * @param tls how it makes sure whom it speaks to, null without TLS
     * @param schedule when, and what to make of the results
     */
    record Http(String path, @Nullable Integer port, @Nullable CheckTls tls, Schedule schedule) implements Call {

        /** Longest path. */
        public static final int MAX_PATH_CHARACTERS = 512;

        /** Refuses what is out of range with {@link InvalidArgumentException}. */
        public Http {
            boolean visible = path.chars().allMatch(c -> c > ' ' && c < 0x7F && c != '#');
            if (!path.startsWith("/") || path.length() > MAX_PATH_CHARACTERS || !visible) {
                throw new InvalidArgumentException("checks.http.path", path, "a path that begins with a slash, to "
                        + MAX_PATH_CHARACTERS + " visible ASCII characters, without #");
            }
            checkPort("checks.http.port", port);
        }
    }

    /**
     * A member asks the instance by {@code grpc.health.v1.Health/Check} (gRPC Health Checking Protocol). {@code SERVING} passes,
     * everything else is critical.
     *
     * @param service which service of the server is asked for, to {@value #MAX_SERVICE_CHARACTERS} visible ASCII characters;
     *     empty for the server as a whole
     * @param port which port, 1 to 65535; null for the main one
     * @param tls how it makes sure whom it speaks to, null without TLS
     * @param schedule when, and what to make of the results
     */
    record Grpc(String service, @Nullable Integer port, @Nullable CheckTls tls, Schedule schedule) implements Call {

        /** Longest name of a service. */
        public static final int MAX_SERVICE_CHARACTERS = 256;

        /** Refuses what is out of range with {@link InvalidArgumentException}. */
        public Grpc {
            boolean visible = service.chars().allMatch(c -> c > ' ' && c < 0x7F);
            if (service.length() > MAX_SERVICE_CHARACTERS || !visible) {
                throw new InvalidArgumentException("checks.grpc.service", service,
                        "to " + MAX_SERVICE_CHARACTERS + " visible ASCII characters");
            }
            checkPort("checks.grpc.port", port);
        }
    }

    /**
     * When a member makes a check, and how many results it takes to change the status.
     *
     * @param interval from one to the next, 1 s to 1 hour
     * @param timeout how long one may take, 100 ms to the interval
     * @param successes how many must pass in a row before the check does, 1 to {@value #MAX_IN_A_ROW}
     * @param failures how many must fail in a row before the check is critical, 1 to {@value #MAX_IN_A_ROW}
     */
    record Schedule(Duration interval, Duration timeout, int successes, int failures) {

        /** Interval of a check that does not say. */
        public static final Duration DEFAULT_INTERVAL = Duration.ofSeconds(10);

        /** Longest time out of a check that does not say; it is never longer than the interval. */
        public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(5);

        /** Failures in a row of a check that does not say: a single one may be a pause of the garbage collector. */
        public static final int DEFAULT_FAILURES = 2;

        /** Most results in a row that may be asked for. */
        public static final int MAX_IN_A_ROW = 10;

        private static final Duration MIN_INTERVAL = Duration.ofSeconds(1);
        private static final Duration MAX_INTERVAL = Duration.ofHours(1);
        private static final Duration MIN_TIMEOUT = Duration.ofMillis(100);

        /** Refuses what is out of range with {@link InvalidArgumentException}. */
        public Schedule {
            if (interval.compareTo(MIN_INTERVAL) < 0 || interval.compareTo(MAX_INTERVAL) > 0) {
                throw new InvalidArgumentException("checks.interval", interval,
                        MIN_INTERVAL + " (1 second) to " + MAX_INTERVAL + " (1 hour), as an ISO 8601 duration");
            }
            if (timeout.compareTo(MIN_TIMEOUT) < 0 || timeout.compareTo(interval) > 0) {
                throw new InvalidArgumentException("checks.timeout", timeout,
                        MIN_TIMEOUT + " (100 milliseconds) to the interval, as an ISO 8601 duration");
            }
            checkInARow("checks.successes", successes);
            checkInARow("checks.failures", failures);
        }

        private static void checkInARow(String field, int count) {
            if (count < 1 || count > MAX_IN_A_ROW) {
                throw new InvalidArgumentException(field, count, "1 to " + MAX_IN_A_ROW);
            }
        }
    }

    private static void checkPort(String field, @Nullable Integer port) {
        if (port != null && (port < 1 || port > 65535)) {
            throw new InvalidArgumentException(field, port, "1 to 65535");
        }
    }
}
