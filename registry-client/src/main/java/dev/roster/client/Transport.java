package dev.roster.client;

import dev.roster.api.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Sends one request to one address and says what came of it. Knows HTTP, but neither repeats nor chooses. Safe for use by
 * several threads.
 */
final class Transport {
    private static final String BASE = "/api/v1";
    private static final String JSON = "application/json";

    private final HttpClient http;
    private final Duration requestTimeout;
    private final RevisionFloor floor;

    Transport(HttpClient http, Duration requestTimeout, RevisionFloor floor) {
        this.http = http;
        this.requestTimeout = requestTimeout;
        this.floor = floor;
    }

    /** What came of one attempt. */
    sealed interface Attempt {

        /** The server carried it out. */
        record Answered(String body) implements Attempt {}

        /** The server refused; asking elsewhere would not help. */
        record Refused(Problem problem) implements Attempt {}

        /**
         * It failed, and asking again may help.
         *
         * @param mayBeDone whether it may have been carried out
         * @param addressAtFault whether another address may do better
         * @param behind whether the member has not reached the revision that was asked for
         * @param retryAfter when the server wants to be asked again, null if it did not say
         * @param problem what the server answered, null if it did not answer
         */
        record Failed(String reason, boolean mayBeDone, boolean addressAtFault, boolean behind,
                @Nullable Duration retryAfter, @Nullable Throwable cause,
                @Nullable Problem problem) implements Attempt {
            /** A failure without an answer. */
            Failed(String reason, boolean mayBeDone, boolean addressAtFault, boolean behind,
                    @Nullable Duration retryAfter, @Nullable Throwable cause) {
                this(reason, mayBeDone, addressAtFault, behind, retryAfter, cause, null);
            }
        }
    }

    /** Sends a call and waits for the answer. */
    Attempt send(URI address, Call call, Supplier<Credentials> credentials) throws InterruptedException {
        HttpRequest request = request(address, call, credentials)
                .timeout(requestTimeout.plus(call.patience())).build();
        try {
            HttpResponse<String> response = http.send(request,
                    HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
            revision(response).ifPresent(floor::observe);
            return judge(response.statusCode(), response, response.body());
        } catch (ConnectException | HttpConnectTimeoutException e) {
            return new Attempt.Failed(describe(address, e), false, true, false, null, e);
        } catch (IOException e) {
            return new Attempt.Failed(describe(address, e), true, true, false, null, e);
        }
    }

    /** Opens a stream of events. The attempt is {@code Answered} with no body when the stream is there to read. */
    Opened open(URI address, Call call, Supplier<Credentials> credentials) throws InterruptedException {
        HttpRequest request = request(address, call, credentials).setHeader("Accept", "text/event-stream")
                .timeout(requestTimeout).build();
        try {
            HttpResponse<InputStream> response = http.send(request, HttpResponse.BodyHandlers.ofInputStream());
            if (response.statusCode() == 200) {
                return new Opened(new Attempt.Answered(""), response.body(),
                        response.headers().firstValue("Roster-Watch").orElse(null));
            }
            try (InputStream body = response.body()) {
                return new Opened(
                        judge(response.statusCode(), response, new String(body.readAllBytes(), StandardCharsets.UTF_8)),
                        InputStream.nullInputStream(), null);
            }
        } catch (IOException e) {
            return new Opened(new Attempt.Failed(describe(address, e), false, true, false, null, e),
                    InputStream.nullInputStream(), null);
        }
    }

    /**
     * A stream that was opened, or why not.
     *
     * @param watch the name of the stream at its member, null if it has none
     */
    record Opened(Attempt attempt, InputStream events, @Nullable String watch) {}

    private HttpRequest.Builder request(URI address, Call call, Supplier<Credentials> credentials) {
        Object body = call.body();
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address + BASE + call.target()))
                .setHeader("Accept", JSON).method(call.method(),
                        body == null
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofByteArray(Json.write(body)));
        if (body != null) {
            request.setHeader("Content-Type", JSON);
        }
        if (call.repeat() == Call.Repeat.READ && floor.revision() > 0) {
            request.setHeader("Roster-Min-Revision", Long.toString(floor.revision()));
        }
        authorization(credentials).ifPresent(value -> request.setHeader("Authorization", value));
        call.headers().forEach(request::setHeader);
        return request;
    }

    // The supplier is the caller's: whatever it throws means that the request cannot be made now.
    private static Optional<String> authorization(Supplier<Credentials> credentials) {
        try {
            return credentials.get().authorization();
        } catch (RuntimeException e) {
            throw new RosterUnavailableException("no credentials: " + e.getMessage(), e);
        }
    }

    private static Attempt judge(int status, HttpResponse<?> response, String body) {
        if (status >= 200 && status < 300) {
            return new Attempt.Answered(body);
        }
        Problem problem = Problems.of(status, response.uri().getPath(), body);
        if (status < 500 && status != 429) {
            return new Attempt.Refused(problem);
        }
        boolean notDone = status == 429 || "not-done".equals(problem.outcome());
        boolean behind = problem.code().equals("revision-ahead");
        return new Attempt.Failed(
                response.uri().getAuthority() + " answered " + problem.code() + ": " + problem.detail(),
                !notDone && !behind, status != 429, behind, retryAfter(response).orElse(null), null, problem);
    }

    private static Optional<Duration> retryAfter(HttpResponse<?> response) {
        try {
            return response.headers().firstValue("Retry-After").map(Long::parseLong).map(Duration::ofSeconds);
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static OptionalLong revision(HttpResponse<?> response) {
        try {
            return response.headers().firstValueAsLong("Roster-Revision");
        } catch (NumberFormatException e) {
            return OptionalLong.empty();
        }
    }

    private static String describe(URI address, IOException e) {
        String what;
        if (e instanceof ConnectException) {
            what = "no connection";
        } else if (e instanceof HttpConnectTimeoutException) {
            what = "no connection in time";
        } else if (e instanceof HttpTimeoutException) {
            what = "no answer in time";
        } else {
            what = "broken off (" + (e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage()) + ")";
        }
        return address.getAuthority() + ": " + what;
    }
}
