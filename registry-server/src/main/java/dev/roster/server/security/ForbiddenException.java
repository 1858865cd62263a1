package dev.roster.server.security;

/** The caller is known but its role is too small. */
public final class ForbiddenException extends AccessException {
    private static final long serialVersionUID = 1L;

    private final Role needed;
    private final Role held;

    /** Makes the exception. */
    public ForbiddenException(Role needed, Role held) {
        super("role " + needed.label() + " is needed, the caller has role " + held.label());
        this.needed = needed;
        this.held = held;
    }

    private ForbiddenException(String message, Role held) {
        super(message);
        this.needed = held;
        this.held = held;
    }

    /** Refuses somebody who may not read the secrets of something, such as {@code namespace shop}. */
    static ForbiddenException ofSecrets(Role held, String of) {
        return new ForbiddenException(
                "the right to read the secrets of " + of + " is needed, which an admin gives to a user or a token",
                held);
    }

    /** Returns the role that would suffice. */
    public Role needed() {
        return needed;
    }

    /** Returns the role of the caller. */
    public Role held() {
        return held;
    }
}
