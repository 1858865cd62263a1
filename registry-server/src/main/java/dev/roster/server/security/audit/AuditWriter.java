package dev.roster.server.security.audit;

import dev.roster.server.security.AuditChange;
import dev.roster.server.security.AuditContext;
import dev.roster.server.security.AuditLog;
import dev.roster.server.security.AuditStamp;
import dev.roster.server.security.Caller;
import dev.roster.server.security.TokenId;
import dev.roster.server.store.Operation;
import dev.roster.server.store.PutKey;
import dev.roster.server.store.Value;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes entries of what happens now on this member. May be used by any thread. */
public final class AuditWriter implements AuditStamp {
    private final String member;
    private final InstantSource clock;
    private final SecureRandom random;

    /**
     * Makes it.
     *
     * @param member name of this member
     */
    public AuditWriter(String member, InstantSource clock, SecureRandom random) {
        this.member = member;
        this.clock = clock;
        this.random = random;
    }

    @Override
    public Operation of(AuditContext.Act act) {
        return put(entry(act, AuditLog.DONE)).withoutPrevious();
    }

    AuditEntry entry(AuditContext.Act act, String outcome) {
        return entry(act.caller(), null, act.caller().address(), act.action(), act.target(), outcome, act.changes(),
                act.requestId());
    }

    AuditEntry entry(@Nullable Caller caller, @Nullable String claimed, String address, String action,
            Map<String, String> target, String outcome, List<AuditChange> changes, @Nullable String requestId) {
        TokenId token = caller == null ? null : caller.token();
        String name = caller != null ? caller.name() : claimed == null ? "" : claimed;
        return new AuditEntry(clock.instant(), member, name, caller != null,
                caller == null ? "" : caller.role().label(), token == null ? null : token.value(), address, requestId,
                action, target, outcome, changes);
    }

    /** Returns what stores an entry until it is in the chain. */
    PutKey put(AuditEntry entry) {
        return new PutKey(AuditKeys.pending(entry.at(), random.nextLong()), Value.of(entry.canonical()));
    }
}
