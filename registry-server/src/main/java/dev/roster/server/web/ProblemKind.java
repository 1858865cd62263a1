package dev.roster.server.web;

import java.net.URI;
import java.util.Locale;
import org.slf4j.event.Level;

/**
 * The one table of problems: what a program sees as {@code code}, the HTTP status, the title, and how loudly the server
 * logs it. Codes are part of the API; {@code docs/reference/errors.md} lists them, and a test compares.
 */
public enum ProblemKind {
    MALFORMED_REQUEST(400, "The request is not valid HTTP", Level.DEBUG), //
    INVALID_ARGUMENT(400, "An argument is not valid", Level.DEBUG), //
    MALFORMED_JSON(400, "The body is not valid JSON", Level.DEBUG), //
    INVALID_DOCUMENT(400, "The document cannot be parsed", Level.DEBUG), //
    UNAUTHENTICATED(401, "Valid credentials are needed", Level.DEBUG), //
    FORBIDDEN(403, "The role of the caller does not allow this", Level.DEBUG), //
    NOT_FOUND(404, "There is nothing at this path", Level.DEBUG), //
    INSTANCE_NOT_FOUND(404, "There is no such instance", Level.DEBUG), //
    SERVICE_NOT_FOUND(404, "There is no such service", Level.DEBUG), //
    CHECK_NOT_FOUND(404, "There is no such check", Level.DEBUG), //
    WATCH_NOT_FOUND(404, "There is no such stream", Level.DEBUG), //
    CONFIG_NOT_FOUND(404, "There is no such configuration item", Level.DEBUG), //
    VERSION_NOT_FOUND(404, "There is no such version", Level.DEBUG), //
    CHANGE_SET_NOT_FOUND(404, "There is no such change set", Level.DEBUG), //
    GRAY_RELEASE_NOT_FOUND(404, "There is no such gray release", Level.DEBUG), //
    DRAFT_NOT_FOUND(404, "The change set has no such draft", Level.DEBUG), //
    USER_NOT_FOUND(404, "There is no such user", Level.DEBUG), //
    TOKEN_NOT_FOUND(404, "There is no such token", Level.DEBUG), //
    SESSION_NOT_FOUND(404, "There is no such session", Level.DEBUG), //
    CLAIM_NOT_FOUND(404, "There is no such claim", Level.DEBUG), //
    SEMAPHORE_NOT_FOUND(404, "There is no such semaphore", Level.DEBUG), //
    BARRIER_NOT_FOUND(404, "There is no such barrier", Level.DEBUG), //
    MEMBER_NOT_FOUND(404, "There is no such member", Level.DEBUG), //
    METHOD_NOT_ALLOWED(405, "The path does not have this method", Level.DEBUG), //
    NOT_ACCEPTABLE(406, "The answer is not available in a media type that the request accepts", Level.DEBUG), //
    CONFLICT(409, "The change contradicts the present state", Level.DEBUG), //
    GRAY_RELEASE_RUNNING(409, "A gray release of the item runs", Level.DEBUG), //
    ALREADY_HELD(409, "Others hold it", Level.DEBUG), //
    LIMIT_MISMATCH(409, "There are not as many permits", Level.DEBUG), //
    COUNTER_MISMATCH(409, "The counter says something else", Level.DEBUG), //
    QUEUE_FULL(409, "The queue is full", Level.DEBUG), //
    BARRIER_BROKEN(409, "One has gone before all had arrived", Level.DEBUG), //
    PARTIES_MISMATCH(409, "The barrier is for another number of parties", Level.DEBUG), //
    REVIEW_REQUIRED(409, "The namespace asks for review", Level.DEBUG), //
    REVISION_COMPACTED(410, "The revision is no longer kept", Level.DEBUG), //
    VERSION_MISMATCH(412, "The version is not the current one", Level.DEBUG), //
    BODY_TOO_LARGE(413, "The body is too large", Level.DEBUG), //
    URI_TOO_LONG(414, "The URI is too long", Level.DEBUG), //
    UNSUPPORTED_MEDIA_TYPE(415, "The body is of a media type that is not supported", Level.DEBUG), //
    PRECONDITION_REQUIRED(428, "The request must name the version that it changes", Level.DEBUG), //
    TOO_MANY_REQUESTS(429, "There are too many requests", Level.INFO), //
    HEADERS_TOO_LARGE(431, "The headers are too large", Level.DEBUG), //
    INTERNAL_ERROR(500, "The server has failed", Level.ERROR), //
    OVERLOADED(503, "The server has too much to do", Level.WARN), //
    DISK_FULL(503, "The disk is nearly full", Level.WARN), //
    STATE_FULL(503, "The store is full", Level.WARN), //
    SECRETS_UNAVAILABLE(503, "Secrets cannot be encrypted or decrypted", Level.WARN), //
    NO_LEADER(503, "The cluster has no leader", Level.INFO), //
    REVISION_AHEAD(503, "This member has not reached the revision", Level.INFO), //
    OUTCOME_UNKNOWN(503, "The change may or may not have been made", Level.WARN);

    private final int status;
    private final String title;
    private final Level level;

    ProblemKind(int status, String title, Level level) {
        this.status = status;
        this.title = title;
        this.level = level;
    }

    /** Returns the stable name for programs, in kebab case. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Returns the stable URI, of which the code is the last segment. */
    public URI type() {
        return URI.create("https://roster.dev/problems/" + code());
    }

    /** Returns the HTTP status. */
    public int status() {
        return status;
    }

    /** Returns the kind in a few words, the same for every occurrence. */
    public String title() {
        return title;
    }

    /** Returns how loudly the server logs an occurrence; with a stack trace from {@code ERROR} on. */
    public Level level() {
        return level;
    }
}
