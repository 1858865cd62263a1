package dev.roster.server.security.audit;

import dev.roster.server.security.AuditChange;
import dev.roster.server.store.ValueReader;
import dev.roster.server.store.ValueWriter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What somebody did, or tried. Texts are cut to {@value #MAX_CHARACTERS} characters.
 *
 * @param at when, by the clock of the member that was asked, to the millisecond
 * @param member the member that was asked
 * @param caller name of the user; what was claimed, if that was refused
 * @param known whether the caller was who they said
 * @param role role of the caller, empty if they are not known
 * @param token id of the token that was used, null if none was
 * @param address address that the request came from
 * @param requestId id of the request, null outside of one
 * @param action object and verb
 * @param target what it was done to, by name
 * @param outcome {@code done}, or the code of the problem
 * @param changes what became of what, as far as that was noted
 */
public record AuditEntry(Instant at, String member, String caller, boolean known, String role, @Nullable String token,
        String address, @Nullable String requestId, String action, Map<String, String> target, String outcome,
        List<AuditChange> changes) {

    /** Longest text of an entry. */
    static final int MAX_CHARACTERS = 256;

    private static final int MAX_TARGETS = 20;
    private static final int VERSION = 1;

    /** Cuts what is too long. */
    public AuditEntry {
        at = at.truncatedTo(ChronoUnit.MILLIS);
        caller = cut(caller);
        address = cut(address);
        requestId = requestId == null ? null : cut(requestId);
        target = cut(target);
        changes = changes.stream()
                .map(change -> new AuditChange(cut(change.what()), cut(change.before()), cut(change.after()))).toList();
    }

    private static Map<String, String> cut(Map<String, String> target) {
        Map<String, String> cut = new TreeMap<>();
        target.entrySet().stream().limit(MAX_TARGETS)
                .forEach(entry -> cut.put(cut(entry.getKey()), cut(entry.getValue())));
        return Collections.unmodifiableMap(cut);
    }

    private static String cut(String text) {
        if (text.length() <= MAX_CHARACTERS) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(MAX_CHARACTERS - 2)) ? MAX_CHARACTERS - 2 : MAX_CHARACTERS - 1;
        return text.substring(0, end) + "…";
    }

    /** Returns the one form of the entry, over which hashes are made. */
    byte[] canonical() {
        ValueWriter writer = new ValueWriter(VERSION).instant(at).text(member).text(caller).flag(known).text(role)
                .optionalText(token).text(address).optionalText(requestId).text(action).textMap(target).text(outcome)
                .count(changes.size());
        changes.forEach(change -> writer.text(change.what()).text(change.before()).text(change.after()));
        return writer.toBytes();
    }

    /** Reads the one form. */
    static AuditEntry read(byte[] canonical) {
        ValueReader reader = new ValueReader(canonical, VERSION);
        Instant at = reader.instant("at");
        String member = reader.text("member");
        String caller = reader.text("caller");
        boolean known = reader.flag("known");
        String role = reader.text("role");
        String token = reader.optionalText("token");
        String address = reader.text("address");
        String requestId = reader.optionalText("requestId");
        String action = reader.text("action");
        Map<String, String> target = reader.textMap("target");
        String outcome = reader.text("outcome");
        int count = reader.count("changes");
        List<AuditChange> changes = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            changes.add(new AuditChange(reader.text("what"), reader.text("before"), reader.text("after")));
        }
        reader.end();
        return new AuditEntry(at, member, caller, known, role, token, address, requestId, action, target, outcome,
                changes);
    }
}
