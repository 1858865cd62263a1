package dev.roster.console.account;

import java.util.Locale;

/** Why a password was not changed; the message is {@code account.password.flaw.<key>}. */
enum PasswordFlaw {
    /** The present password is wrong. */
    CURRENT("current", 400),
    /** The server does not take the new one. */
    PASSWORD("password", 400),
    /** The repetition differs. */
    REPEATED("repeated", 400),
    /** Too many attempts with wrong passwords. */
    THROTTLED("current", 429);

    private final String field;
    private final int status;

    PasswordFlaw(String field, int status) {
        this.field = field;
        this.status = status;
    }

    /** Name of the field to repair. */
    public String field() {
        return field;
    }

    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    int status() {
        return status;
    }
}
