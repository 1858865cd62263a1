package dev.roster.client;

import dev.roster.api.Page;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import tools.jackson.core.JacksonException;

/**
 * Whose calls these are and for which namespace: turns calls into values.
 *
 * @param requests carries them out
 * @param credentials asked for each request
 * @param namespace namespace of services and configuration
 * @param consistency how fresh answers must be
 * @param retryFor no further attempt of a call begins after this time
 */
record Session(Requests requests, Supplier<Credentials> credentials, String namespace, Consistency consistency,
        Duration retryFor) {

    /** Returns this session with another time for repeating calls. */
    Session retryingFor(Duration time) {
        return new Session(requests, credentials, namespace, consistency, time);
    }

    /** Returns the path of something in the namespace. */
    Call.Path inNamespace() {
        return new Call.Path("/namespaces").segment("namespace", namespace);
    }

    void tell(Call call) {
        send(call);
    }

    <T> T ask(Call call, Class<T> type) {
        String body = send(call);
        try {
            return Json.read(body, type);
        } catch (JacksonException e) {
            throw unreadable(call, e);
        }
    }

    <T> Page<T> askPage(Call call, Class<T> type) {
        String body = send(call);
        try {
            return Json.readPage(body, type);
        } catch (JacksonException e) {
            throw unreadable(call, e);
        }
    }

    /** Asks for something that may be absent, which these codes say. */
    <T> Optional<T> find(Call call, Class<T> type, Set<String> absent) {
        try {
            return Optional.of(ask(call, type));
        } catch (RosterRejectedException e) {
            if (absent.contains(e.problem().code())) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private String send(Call call) {
        boolean linearizable = call.repeat() == Call.Repeat.READ && consistency == Consistency.LINEARIZABLE;
        return requests.send(linearizable ? call.linearizable() : call, credentials, retryFor);
    }

    private static RosterException unreadable(Call call, JacksonException e) {
        String what = call.method() + " " + call.target() + ": the answer cannot be read";
        return call.repeat() == Call.Repeat.READ
                ? new RosterUnavailableException(what, e)
                : new RosterOutcomeUnknownException(what, e);
    }
}
