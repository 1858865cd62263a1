package dev.roster.server.subscriber;

/** The streams of this member follow as many services as it can bear. */
public final class TooManyFollowedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TooManyFollowedException() {
        super("the streams of this member follow " + Subscribers.MAX_FOLLOWED + " services, counted for each stream");
    }
}
