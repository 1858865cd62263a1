package dev.roster.client;

import dev.roster.client.CallObserver.Observed;
import dev.roster.client.CallObserver.ObservedCall;
import dev.roster.client.Transport.Attempt;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries a call out: chooses the address, repeats where that is safe, and turns what came of it into an answer or a
 * {@link RosterException}. A call that may have been carried out is repeated only if doing it twice changes nothing more;
 * one that certainly was not (no connection, {@code not-done}) is always repeated. Safe for use by several threads.
 */
final class Requests {
    private static final Logger LOG = LoggerFactory.getLogger(Requests.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

    private final Transport transport;
    private final AddressBook addresses;
    private final RevisionFloor floor;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final Pause pause;
    private volatile CallObserver observer = CallObserver.none();

    Requests(Transport transport, AddressBook addresses, RevisionFloor floor, InstantSource clock,
            RandomGenerator random, Pause pause) {
        this.transport = transport;
        this.addresses = addresses;
        this.floor = floor;
        this.clock = clock;
        this.random = random;
        this.pause = pause;
    }

    /** Sets who is told of calls from now on. */
    void observe(CallObserver value) {
        observer = value;
    }

    /**
     * Carries a call out and returns the body of the answer.
     *
     * @param retryFor no further attempt begins after this time
     */
    String send(Call call, Supplier<Credentials> credentials, Duration retryFor) {
        Map<String, String> headers = new LinkedHashMap<>();
        Observed observed = observer.begin(new ObservedCall(call.method(), call.route()), headers::put);
        String answer;
        try {
            answer = send(headers.isEmpty() ? call : call.withHeaders(headers), credentials, retryFor, observed);
        } catch (RuntimeException e) {
            // Of any type: a call that has begun must end.
            observed.ended(e);
            throw e;
        }
        observed.ended(null);
        return answer;
    }

    private String send(Call call, Supplier<Credentials> credentials, Duration retryFor, Observed observed) {
        Instant deadline = clock.instant().plus(retryFor);
        Backoff backoff = new Backoff(FIRST_PAUSE, LONGEST_PAUSE, random);
        Set<URI> tried = new HashSet<>();
        boolean mayBeDone = false;
        while (true) {
            URI address = addresses.choose(tried);
            Attempt attempt = attempt(address, call, credentials);
            if (attempt instanceof Attempt.Answered answered) {
                addresses.succeeded(address);
                floor.notBehind(address);
                return answered.body();
            }
            if (attempt instanceof Attempt.Refused refused) {
                addresses.succeeded(address);
                if (mayBeDone && call.method().equals("DELETE") && refused.problem().status() == 404) {
                    return "";
                }
                throw new RosterRejectedException(refused.problem());
            }
            Attempt.Failed failed = (Attempt.Failed) attempt;
            LOG.debug("{} {} failed: {}", call.method(), call.target(), failed.reason());
            mayBeDone |= failed.mayBeDone();
            tried.add(address);
            note(address, failed);
            waitOrGiveUp(call, failed, mayBeDone, tried, backoff, deadline);
            observed.repeated(failed.reason());
        }
    }

    private Attempt attempt(URI address, Call call, Supplier<Credentials> credentials) {
        try {
            return transport.send(address, call, credentials);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw givenUp(call, new Attempt.Failed("interrupted", true, false, false, null, e), true);
        }
    }

    private void note(URI address, Attempt.Failed failed) {
        if (failed.behind()) {
            floor.behind(address);
        } else {
            floor.notBehind(address);
        }
        if (failed.addressAtFault()) {
            addresses.failed(address);
        }
    }

    private void waitOrGiveUp(Call call, Attempt.Failed failed, boolean mayBeDone, Set<URI> tried, Backoff backoff,
            Instant deadline) {
        if (mayBeDone && call.repeat() == Call.Repeat.UNREPEATABLE) {
            throw givenUp(call, failed, true);
        }
        Instant now = clock.instant();
        if (failed.addressAtFault() && addresses.hasFresh(tried) && now.isBefore(deadline)) {
            return;
        }
        tried.clear();
        Duration wait = backoff.next();
        Duration asked = failed.retryAfter();
        if (asked != null && asked.compareTo(wait) > 0) {
            wait = asked;
        }
        if (now.plus(wait).isAfter(deadline)) {
            throw givenUp(call, failed, mayBeDone);
        }
        try {
            pause.pause(wait);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw givenUp(call, failed, mayBeDone);
        }
    }

    private static RosterException givenUp(Call call, Attempt.Failed failed, boolean mayBeDone) {
        String what = call.method() + " " + call.target() + ": " + failed.reason();
        return mayBeDone && call.repeat() != Call.Repeat.READ
                ? new RosterOutcomeUnknownException(what, failed.cause())
                : new RosterUnavailableException(what, failed.cause(), failed.problem(), failed.retryAfter());
    }
}
