package dev.roster.server.api.config;

import dev.roster.server.config.SecretForm;
import dev.roster.server.web.ProblemException;
import org.jspecify.annotations.Nullable;

/** The parameter {@code secrets}, by which callers say how they want to see secrets. */
final class SecretParameter {
    private SecretParameter() {}

    /** Returns the form that is asked for, null if none is. */
    static @Nullable SecretForm read(@Nullable String secrets) {
        return switch (secrets) {
            case null -> null;
            case "masked" -> SecretForm.MASKED;
            case "cipher" -> SecretForm.CIPHER;
            case "plain" -> SecretForm.PLAIN;
            default -> throw ProblemException.invalidArgument("secrets", secrets, "masked, cipher or plain");
        };
    }
}
