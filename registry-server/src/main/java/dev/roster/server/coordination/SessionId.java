package dev.roster.server.coordination;

import dev.roster.server.security.InvalidArgumentException;
import dev.roster.server.store.LeaseId;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * Names a session. It is no secret: a session is used by the user who opened it alone.
 *
 * @param value 16 hexadecimal digits in lower case, not all of them 0: the number of its lease
 */
public record SessionId(String value) {
    private static final Pattern FORM = Pattern.compile("[0-9a-f]{16}");
    private static final String NONE = "0".repeat(16);

    /** Refuses any other form with {@link InvalidArgumentException}, field {@code session}. */
    public SessionId {
        if (!FORM.matcher(value).matches() || value.equals(NONE)) {
            throw new InvalidArgumentException("session", value, "the id of a session, 16 hexadecimal digits");
        }
    }

    static SessionId of(LeaseId lease) {
        return new SessionId(HexFormat.of().toHexDigits(lease.value()));
    }

    LeaseId lease() {
        return new LeaseId(HexFormat.fromHexDigitsToLong(value));
    }

    @Override
    public String toString() {
        return value;
    }
}
