package dev.roster.server.web;

import java.io.IOException;

/** More of a body has arrived than is accepted. */
final class BodyTooLargeException extends IOException {
    private static final long serialVersionUID = 1L;

    private final long limitBytes;

    BodyTooLargeException(long limitBytes) {
        super("the body is larger than " + limitBytes + " bytes");
        this.limitBytes = limitBytes;
    }

    long limitBytes() {
        return limitBytes;
    }
}
