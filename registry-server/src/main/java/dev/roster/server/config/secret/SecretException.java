package dev.roster.server.config.secret;

/** Why something was not done with a secret. Nothing was changed, and no message has any part of a secret. */
public abstract sealed class SecretException extends RuntimeException permits MisplacedSecretException,
        MasterKeyUnavailableException, SecretUnreadableException, DataKeyConflictException {
    private static final long serialVersionUID = 1L;

    SecretException(String message) {
        super(message);
    }
}
