package dev.roster.server.security;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Writes down who did what: for good by a sink, and one line each on the logger {@code roster.audit}, as {@code key=value} pairs in a fixed order.
 * Values that are not plain are quoted and escaped, so that no value can begin another pair or another line. May be used
 * by any thread.
 */
public final class AuditLog {

    /** Name of the logger, so that operators can send it where they keep such records. */
    public static final String LOGGER = "roster.audit";

    /** The outcome of what was done. */
    public static final String DONE = "done";

    private static final Logger log = LoggerFactory.getLogger(LOGGER);
    private static final int MAX_VALUE_CHARACTERS = 256;

    private final AuditSink sink;

    /** Writes lines only. */
    public AuditLog() {
        this((caller, claimed, address, action, target, outcome, changes, requestId) -> {});
    }

    /**
     * Makes the log.
     *
     * @param sink takes what was not stored with a change
     */
    public AuditLog(AuditSink sink) {
        this.sink = sink;
    }

    /** Writes what came of an act: a line, and for good unless that was done together with the change. */
    public void record(AuditContext.Act act, String outcome) {
        if (!act.isStored() || !outcome.equals(DONE)) {
            sink.add(act.caller(), null, act.caller().address(), act.action(), act.target(), outcome, act.changes(),
                    act.requestId());
        }
        line(act.caller(), act.action(), new TreeMap<>(act.target()), outcome);
    }

    /**
     * Writes what was done outside of an act.
     *
     * @param action object and verb, such as {@code config.publish}
     * @param target what it was done to, by name; in the order of the map
     * @param outcome {@code done}, or the code of the problem
     */
    public void record(Caller caller, String action, Map<String, String> target, String outcome) {
        sink.add(caller, null, caller.address(), action, target, outcome, List.of(), MDC.get("requestId"));
        line(caller, action, target, outcome);
    }

    private static void line(Caller caller, String action, Map<String, String> target, String outcome) {
        StringBuilder line = new StringBuilder(160);
        pair(line, "action", action);
        pair(line, "outcome", outcome);
        pair(line, "caller", caller.name());
        pair(line, "role", caller.role().label());
        TokenId token = caller.token();
        if (token != null) {
            pair(line, "token", token.value());
        }
        finish(line, caller.address(), target);
    }

    /**
     * Writes that credentials were refused.
     *
     * @param claimed the name that was claimed, in whatever form
     */
    void refused(String claimed, String address, String outcome) {
        sink.add(null, claimed, address, "login", Map.of(), outcome, List.of(), MDC.get("requestId"));
        StringBuilder line = new StringBuilder(160);
        pair(line, "action", "login");
        pair(line, "outcome", outcome);
        pair(line, "claimed", claimed);
        finish(line, address, Map.of());
    }

    private static void finish(StringBuilder line, String address, Map<String, String> target) {
        pair(line, "address", address);
        target.forEach((name, value) -> pair(line, "target." + name, value));
        String requestId = MDC.get("requestId");
        if (requestId != null) {
            pair(line, "requestId", requestId);
        }
        log.info("{}", line);
    }

    private static void pair(StringBuilder line, String name, String value) {
        if (!line.isEmpty()) {
            line.append(' ');
        }
        line.append(name).append('=');
        appendValue(line, value);
    }

    private static void appendValue(StringBuilder line, String value) {
        if (!value.isEmpty() && value.length() <= MAX_VALUE_CHARACTERS && value.chars().allMatch(AuditLog::isPlain)) {
            line.append(value);
            return;
        }
        line.append('"');
        value.chars().limit(MAX_VALUE_CHARACTERS).forEach(c -> appendEscaped(line, (char) c));
        line.append(value.length() > MAX_VALUE_CHARACTERS ? "…\"" : "\"");
    }

    private static void appendEscaped(StringBuilder line, char c) {
        if (c == '"' || c == '\\') {
            line.append('\\').append(c);
        } else if (c == ' ' || isPlain(c) || Character.isLetterOrDigit(c) || isPrintableAscii(c)) {
            line.append(c);
        } else {
            line.append(String.format("\\u%04x", (int) c));
        }
    }

    private static boolean isPrintableAscii(char c) {
        return c > ' ' && c < 0x7F;
    }

    private static boolean isPlain(int c) {
        return c < 0x7F && (Character.isLetterOrDigit(c) || "._:/@()[]-".indexOf(c) >= 0);
    }
}
