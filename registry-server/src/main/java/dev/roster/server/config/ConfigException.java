package dev.roster.server.config;

/** Why a question about configuration was not answered or a change not made. Nothing was changed. */
public abstract sealed class ConfigException extends RuntimeException permits InvalidDocumentException,
        ItemNotFoundException, VersionNotFoundException, VersionMismatchException, VersionRequiredException,
        ItemContendedException, ReviewRequiredException, RulesMismatchException, GrayReleaseRunningException {
    private static final long serialVersionUID = 1L;

    ConfigException(String message) {
        super(message);
    }
}
