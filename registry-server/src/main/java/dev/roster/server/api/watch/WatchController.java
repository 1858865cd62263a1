package dev.roster.server.api.watch;

import dev.roster.api.watch.WatchRequest;
import dev.roster.server.feed.ChangeFeed;
import dev.roster.server.feed.Interest;
import dev.roster.server.feed.ReadFence;
import dev.roster.server.feed.Snapshot;
import dev.roster.server.security.Caller;
import dev.roster.server.security.Role;
import dev.roster.server.subscriber.SubscriberName;
import dev.roster.server.subscriber.Subscribers;
import dev.roster.server.web.ReadOptions;
import dev.roster.server.web.RequiresRole;
import dev.roster.server.web.RevisionHeader;
import dev.roster.server.web.Shares;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Begins streams. Everything that can be refused is refused before the first byte; from then on a stream can only end, and
 * its reader resume.
 */
@RestController
final class WatchController {

    /** The stream has no end that a time-out could wait for. */
    private static final long NO_TIMEOUT = 0;

    /** Names the stream, for acknowledgements. */
    private static final String WATCH_HEADER = "Roster-Watch";

    private final ChangeFeed feed;
    private final ReadFence fence;
    private final WatchStreams streams;
    private final EventEncoder encoder;
    private final WatchLimits limits;
    private final Subscribers subscribers;

    WatchController(ChangeFeed feed, ReadFence fence, WatchStreams streams, EventEncoder encoder, WatchLimits limits,
            Subscribers subscribers) {
        this.feed = feed;
        this.fence = fence;
        this.streams = streams;
        this.encoder = encoder;
        this.limits = limits;
        this.subscribers = subscribers;
    }

    @PostMapping(path = "/api/v1/watch", consumes = MediaType.APPLICATION_JSON_VALUE, produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    @RequiresRole(Role.READER)
    void watch(Caller caller, ReadOptions options, @RequestParam(required = false) @Nullable String secrets,
            @RequestBody WatchRequest body, HttpServletRequest request,
            HttpServletResponse response) throws IOException {
        Sight sight = Sight.of(caller, secrets);
        Interest interest = WatchRequestReader.interest(body, caller.address());
        sight.check(interest);
        Long since = WatchRequestReader.since(body);
        SubscriberName name = WatchRequestReader.subscriber(body);
        long revision = fence.await(options.linearizable(),
                Math.max(since == null ? 0 : since, options.minRevision()));
        WatchStream stream = streams.open(Shares.holder(caller), sight);
        boolean begun = false;
        try {
            // Before the first event is made: whoever asks who follows a service then misses nobody.
            Subscribers.Connection subscriber = subscribers.connect(caller, name, interest.services(),
                    since == null ? 0 : since);
            stream.atEnd(subscriber::close);
            response.setHeader(WATCH_HEADER, subscriber.id().toString());
            RevisionHeader.set(response, begin(stream, sight, interest, since, revision));
            connect(stream, request, response);
            begun = true;
        } finally {
            if (!begun) {
                stream.end();
            }
        }
    }

    /** Lets events come, and returns the revision at which they begin. */
    private long begin(WatchStream stream, Sight sight, Interest interest, @Nullable Long since, long revision) {
        Caller caller = sight.caller();
        if (since != null) {
            stream.sayHowFar();
            stream.follow(feed.follow(caller, interest, since, stream));
            return revision;
        }
        Snapshot snapshot = feed.snapshot(caller, interest);
        WatchRequestReader.checkSize(snapshot, limits.maxSnapshotBytes());
        stream.add(encoder.snapshot(snapshot, sight));
        stream.follow(feed.follow(caller, interest, snapshot.revision(), stream));
        return snapshot.revision();
    }

    private static void connect(WatchStream stream, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE);
        response.setCharacterEncoding(StandardCharsets.UTF_8);
        response.setHeader("Cache-Control", "no-store");
        // Tells reverse proxies that hold answers back (nginx) to pass each event on at once.
        response.setHeader("X-Accel-Buffering", "no");
        response.flushBuffer();
        AsyncContext context = request.startAsync();
        context.setTimeout(NO_TIMEOUT);
        stream.connect(context, response.getOutputStream());
    }
}
