package dev.roster.server.coordination;

import dev.roster.server.fixture.Callers;
import dev.roster.server.fixture.LocalStore;
import dev.roster.server.security.Caller;
import dev.roster.server.security.NamespaceName;
import dev.roster.server.security.Role;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** The feature over a store in memory. */
final class CoordinationFixture implements AutoCloseable {
    static final Duration TTL = Duration.ofSeconds(10);
    static final Caller APPLICATION = Callers.of(Role.APPLICATION);
    static final Caller EDITOR = Callers.of(Role.EDITOR);
    static final Caller READER = Callers.of(Role.READER);
    static final NamespaceName SPACE = NamespaceName.DEFAULT;

    final LocalStore local = new LocalStore();
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final Sessions sessions = new Sessions(local.store, local.clock, new Random(1));
    final WaitingRoom room = new WaitingRoom(local.store, System::nanoTime, meters);
    final Claims claims = new Claims(local.store, sessions, room, local.clock, meters);
    final Semaphores semaphores = new Semaphores(local.store);
    final Barriers barriers = new Barriers(local.store, sessions, room, local.clock, meters);
    final ClaimDirectory directory = new ClaimDirectory(local.store);

    SessionId open() {
        return sessions.open(APPLICATION, SPACE, TTL, "").id();
    }

    static ClaimTarget lock(String name) {
        return new ClaimTarget(ClaimKind.LOCK, SPACE, new ObjectName(name));
    }

    static ClaimTarget semaphore(String name) {
        return new ClaimTarget(ClaimKind.SEMAPHORE, SPACE, new ObjectName(name));
    }

    /** Claims without waiting for the grant; the claim stands in the queue. */
    ClaimStatus claim(ClaimTarget target, String claim, SessionId session) {
        return claims.claim(APPLICATION, target, new ClaimId(claim), ClaimTerms.exclusive(session, true, ""),
                Duration.ZERO);
    }

    /** Claims only what is free. */
    ClaimStatus tryClaim(ClaimTarget target, String claim, SessionId session) {
        return claims.claim(APPLICATION, target, new ClaimId(claim), ClaimTerms.exclusive(session, false, ""),
                Duration.ZERO);
    }

    ClaimStatus permits(ClaimTarget target, String claim, SessionId session, int permits,
            @Nullable Integer limit) {
        return claims.claim(APPLICATION, target, new ClaimId(claim),
                new ClaimTerms(session, true, permits, limit, ""), Duration.ZERO);
    }

    void release(ClaimTarget target, String claim) {
        claims.end(APPLICATION, target, new ClaimId(claim));
    }

    ClaimLine line(ClaimTarget target) {
        return claims.get(READER, target);
    }

    @Override
    public void close() {
        local.close();
    }
}
