package dev.roster.server.api.watch;

import dev.roster.server.config.ConfigSecrets;
import dev.roster.server.config.Release;
import dev.roster.server.config.SecretForm;
import dev.roster.server.config.secret.SecretText;
import dev.roster.server.feed.Interest;
import dev.roster.server.security.Caller;
import dev.roster.server.web.ProblemException;
import org.jspecify.annotations.Nullable;

/**
 * What the reader of a stream may see of secrets.
 *
 * @param caller the reader
 * @param wanted how secrets are asked for, null if that is not said
 */
record Sight(Caller caller, @Nullable SecretForm wanted) {

    static Sight of(Caller caller, @Nullable String secrets) {
        return new Sight(caller, switch (secrets) {
            case null -> null;
            case "masked" -> SecretForm.MASKED;
            case "cipher" -> SecretForm.CIPHER;
            case "plain" -> SecretForm.PLAIN;
            default -> throw ProblemException.invalidArgument("secrets", secrets, "masked, cipher or plain");
        });
    }

    /** Refuses a reader who asks for plain and may not read the secrets of everything that is to be followed. */
    void check(Interest interest) {
        if (wanted == SecretForm.PLAIN) {
            interest.items().forEach(item -> caller.requireSecrets(item.namespace()));
        }
    }

    /** Returns how a version is shown; one without secrets as it is. */
    SecretForm form(Release release) {
        return SecretText.hasToken(release.content())
                ? ConfigSecrets.form(caller, release.item().namespace(), wanted)
                : SecretForm.CIPHER;
    }
}
